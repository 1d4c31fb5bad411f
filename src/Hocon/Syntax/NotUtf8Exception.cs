namespace Actors.Hocon.Syntax;

/// <summary>A file has bytes that are no UTF-8; knows the line of the first.</summary>
internal sealed class NotUtf8Exception(string path, int line, byte found, Exception cause) : IOException($"\"{path}\" is not UTF-8", cause)
{
    public int Line => line;

    /// <summary>What was found in that line, and what was expected.</summary>
    public string Fault => $"found the byte 0x{found:X2}, which is not UTF-8 here: expected a file in UTF-8";
}
