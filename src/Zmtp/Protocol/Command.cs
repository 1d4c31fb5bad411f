using System.Buffers.Binary;
using System.Diagnostics;

namespace Actors.Zmtp.Protocol;

/// <summary>
/// A command: one frame with a name and data (https://rfc.zeromq.org/spec/37/, "Formal Grammar"):
/// <code>
/// command = command-size command-body
/// command-size = %x04 short-size | %x06 long-size
/// command-body = command-name command-data
/// command-name = short-size 1*255command-name-char            ; ALPHA
/// command-data = *OCTET
/// </code>
/// </summary>
internal readonly ref struct Command
{
    private Command(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        Name = name;
        Data = data;
    }

    public ReadOnlySpan<byte> Name { get; }

    public ReadOnlySpan<byte> Data { get; }

    /// <summary>Which of the known commands this is. Names are compared octet by octet.</summary>
    public CommandKind Kind
    {
        get
        {
            if (Name.SequenceEqual("READY"u8)) return CommandKind.Ready;
            if (Name.SequenceEqual("ERROR"u8)) return CommandKind.Error;
            if (Name.SequenceEqual("SUBSCRIBE"u8)) return CommandKind.Subscribe;
            if (Name.SequenceEqual("CANCEL"u8)) return CommandKind.Cancel;
            if (Name.SequenceEqual("JOIN"u8)) return CommandKind.Join;
            if (Name.SequenceEqual("LEAVE"u8)) return CommandKind.Leave;
            if (Name.SequenceEqual("PING"u8)) return CommandKind.Ping;
            if (Name.SequenceEqual("PONG"u8)) return CommandKind.Pong;
            return CommandKind.Unknown;
        }
    }

    /// <summary>Reads the body of a command frame; false when its name is missing, too long for the body, or not of letters.</summary>
    public static bool TryParse(ReadOnlySpan<byte> body, out Command command)
    {
        command = default;
        if (body.Length < 2)
            return false;
        int length = body[0];
        if (length == 0 || length > body.Length - 1)
            return false;
        var name = body.Slice(1, length);
        foreach (var octet in name)
        {
            if (!char.IsAsciiLetter((char)octet))
                return false;
        }

        command = new Command(name, body[(1 + length)..]);
        return true;
    }

    /// <summary>Reads an ERROR as PLAIN servers of libzmq 4.3 send it, whose size and first letter are one wrong octet.</summary>
    public static bool TryParseMisspeltError(ReadOnlySpan<byte> body, out Command command)
    {
        var misspelt = "^RROR"u8;
        var isError = body.StartsWith(misspelt);
        command = isError ? new Command("ERROR"u8, body[misspelt.Length..]) : default;
        return isError;
    }

    /// <summary>Octets of the whole frame for a name and data of these lengths.</summary>
    public static int FrameLength(int nameLength, int dataLength)
    {
        var body = 1 + nameLength + dataLength;
        return (body <= 255 ? 2 : 9) + body;
    }

    /// <summary>Writes flags, size and name, and returns where the data goes; the data must have exactly the stated length.</summary>
    public static int WriteHeader(Span<byte> destination, ReadOnlySpan<byte> name, int dataLength)
    {
        Debug.Assert(name.Length is > 0 and <= 255, "A command name has 1 to 255 octets.");
        var body = 1 + name.Length + dataLength;
        int offset;
        if (body <= 255)
        {
            destination[0] = FrameFlags.Command;
            destination[1] = (byte)body;
            offset = 2;
        }
        else
        {
            destination[0] = FrameFlags.Command | FrameFlags.Long;
            BinaryPrimitives.WriteInt64BigEndian(destination[1..], body);
            offset = 9;
        }

        destination[offset++] = (byte)name.Length;
        name.CopyTo(destination[offset..]);
        return offset + name.Length;
    }

    /// <summary>Writes a whole command frame and returns its length.</summary>
    public static int Write(Span<byte> destination, ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
    {
        var offset = WriteHeader(destination, name, data.Length);
        data.CopyTo(destination[offset..]);
        return offset + data.Length;
    }
}
