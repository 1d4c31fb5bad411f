using System.Text;
using Actors.Hocon.Syntax;

namespace Actors.Hocon;

/// <summary>The world around a document: its files and the environment variables. A test can replace both.</summary>
public sealed record HoconOptions
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the file of an absolute path; null when there is no such file. Default: reads UTF-8 from disk.</summary>
    /// <remarks>An <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> becomes an error at the include statement.</remarks>
    public Func<string, string?> ReadFile { get; init; } = ReadFromDisk;

    /// <summary>The value of an environment variable; null when it is not set. Default: that of the process.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    private static string? ReadFromDisk(string path)
    {
        if (Directory.Exists(path))
        {
            throw new IOException($"\"{path}\" is a folder");
        }

        try
        {
            using var file = File.OpenRead(path);
            return Decode(path, ReadAll(path, file));
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static byte[] ReadAll(string path, Stream file)
    {
        // A device or pipe may have no end.
        var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (var read = file.Read(buffer); read > 0; read = file.Read(buffer))
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > Limits.FileBytes)
            {
                throw new IOException($"\"{path}\" has more than {Limits.FileBytes} bytes");
            }
        }

        return bytes.ToArray();
    }

    private static string Decode(string path, byte[] bytes)
    {
        var mark = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        try
        {
            return StrictUtf8.GetString(bytes.AsSpan(mark));
        }
        catch (DecoderFallbackException cause)
        {
            var at = mark + Math.Max(0, cause.Index);
            throw new NotUtf8Exception(path, bytes.AsSpan(0, at).Count((byte)'\n') + 1, bytes[Math.Min(at, bytes.Length - 1)], cause);
        }
    }
}
