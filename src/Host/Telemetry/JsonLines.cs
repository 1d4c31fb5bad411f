using System.Text;
using Microsoft.Extensions.Logging;

namespace Actors.Host.Telemetry;

/// <summary>Writes what the host says of itself on standard error as lines of JSON, so that every line of it is one.</summary>
internal sealed class JsonLines(TextWriter output) : TextWriter
{
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => output.Encoding;

    public override void Write(char value)
    {
        if (value != '\n')
        {
            _line.Append(value);
            return;
        }
        var text = _line.ToString().TrimEnd('\r');
        _line.Clear();
        if (text.Length > 0) output.WriteLine(LineProvider.Json(TimeProvider.System.GetUtcNow(), LogLevel.Information, "host", text, null, null));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _line.Length > 0) Write('\n');
        base.Dispose(disposing);
    }
}
