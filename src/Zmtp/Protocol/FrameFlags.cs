namespace Actors.Zmtp.Protocol;

/// <summary>The flags octet of a frame (https://rfc.zeromq.org/spec/37/, "Framing"). Bits 7 to 3 must be zero.</summary>
internal static class FrameFlags
{
    public const byte More = 0x01;
    public const byte Long = 0x02;
    public const byte Command = 0x04;
    public const byte Reserved = 0xF8;
}
