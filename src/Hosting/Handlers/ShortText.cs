using System.Text;

namespace Actors.Hosting.Handlers;

/// <summary>Reads a stream to its end, and keeps its beginning as text: a program may write more to its standard error than a log is for.</summary>
internal sealed class ShortText(Stream stream)
{
    private const int Kept = 2000;

    private readonly byte[] _kept = new byte[Kept];
    private long _length;

    /// <summary>The text without white space around it. It says how much is left out.</summary>
    public string Text =>
        $"{Encoding.UTF8.GetString(_kept, 0, (int)Math.Min(Kept, _length)).Trim()}{(_length > Kept ? $" ... ({_length} bytes in all)" : "")}";

    public async Task ReadToEnd()
    {
        var buffer = new byte[4096];
        int read;
        while ((read = await stream.ReadAsync(buffer)) > 0)
        {
            if (_length < Kept) buffer.AsSpan(0, (int)Math.Min(read, Kept - _length)).CopyTo(_kept.AsSpan((int)_length));
            _length += read;
        }
    }
}
