using System.Text;

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
        try
        {
            return File.ReadAllText(path, StrictUtf8);
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (DecoderFallbackException cause)
        {
            throw new IOException($"\"{path}\" is not UTF-8", cause);
        }
    }
}
