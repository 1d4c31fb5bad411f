using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors.Hosting.Sources;

/// <summary>Sends each line of a text as a message, in UTF-8, and reads on only when the role takes more.</summary>
internal sealed class LineSource : Source
{
    private readonly Func<TextReader> _open;
    private readonly string? _separator;
    private readonly int _most;
    private TextReader? _reader;
    private bool _reading;

    // Counts the beginnings, so that a line that was read before the last of them is told from those behind it.
    private int _run;

    /// <param name="settings">What every source has.</param>
    /// <param name="open">Opens the text; called once.</param>
    /// <param name="separator">Stands between the frames of a message; null where a line is one frame.</param>
    /// <param name="most">The most lines to read at once: more than one only where a reader never waits for the next.</param>
    public LineSource(SourceSettings settings, Func<TextReader> open, string? separator, int most)
        : base(settings)
    {
        _most = most;
        _open = open;
        _separator = separator;
    }

    protected override void PostStop()
    {
        // A reader that waits for the next line holds its own lock, and standard input is not ours to close.
        if (!_reading && _reader is StreamReader file) file.Dispose();
        base.PostStop();
    }

    protected override void OnDemand() => ReadNext();

    protected override void OnBegin()
    {
        _run++;
        _reading = false;
        // Closed by its last reader: one may be at it.
        _reader = null;
    }

    protected override void OnOther(object message)
    {
        switch (message)
        {
            case LinesRead read when read.Run != _run:
                break;
            case LinesRead read:
                _reading = false;
                foreach (var line in read.Lines) Send(_separator is null ? Message.FromText(line) : Message.FromText(line.Split(_separator)));
                if (read.IsEnd) End();
                else ReadNext();
                break;
            case Status.Failure failure:
                Context.GetLogger().Error(failure.Cause, "{0}: reading has failed, and the source ends", Self.Path.Name);
                End();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void ReadNext()
    {
        if (_reading || Demanded == 0) return;
        _reading = true;
        var run = _run;
        var most = Math.Min(_most, Demanded);
        // Reading from a terminal blocks, and passing over what was sent takes time, so it does not happen on the actor's thread.
        if (_reader is { } reader)
        {
            Task.Run(() => Read(reader, most)).PipeTo(Self, Self, read => new LinesRead(run, read.Lines, read.IsEnd));
            return;
        }
        var opened = _reader = _open();
        var sent = Sent;
        Task.Run(() => FirstBehind(opened, sent, most)).PipeTo(Self, Self, read => new LinesRead(run, read.Lines, read.IsEnd));
    }

    private static (List<string> Lines, bool IsEnd) FirstBehind(TextReader reader, long sent, int most)
    {
        for (var passed = 0L; passed < sent; passed++)
            if (reader.ReadLine() is null) throw new InvalidDataException($"the text has {passed} lines, but {sent} of it were sent before");
        return Read(reader, most);
    }

    private static (List<string> Lines, bool IsEnd) Read(TextReader reader, int most)
    {
        var lines = new List<string>();
        while (lines.Count < most)
        {
            if (reader.ReadLine() is not { } line) return (lines, true);
            lines.Add(line);
        }
        return (lines, false);
    }

    private sealed record LinesRead(int Run, List<string> Lines, bool IsEnd);
}
