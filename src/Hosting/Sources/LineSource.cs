using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors.Hosting.Sources;

/// <summary>Sends each line of a text as a message, in UTF-8, and reads on only when the role takes more.</summary>
internal sealed class LineSource : Source
{
    private readonly Func<TextReader> _open;
    private readonly string? _separator;
    private TextReader? _reader;
    private bool _reading;

    // Counts the beginnings, so that a line that was read before the last of them is told from those behind it.
    private int _run;

    /// <param name="settings">What every source has.</param>
    /// <param name="open">Opens the text; called once.</param>
    /// <param name="separator">Stands between the frames of a message; null where a line is one frame.</param>
    public LineSource(SourceSettings settings, Func<TextReader> open, string? separator)
        : base(settings)
    {
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
            case LineRead read when read.Run != _run:
                break;
            case LineRead { Line: null }:
                End();
                break;
            case LineRead { Line: { } line }:
                _reading = false;
                Send(_separator is null ? Message.FromText(line) : Message.FromText(line.Split(_separator)));
                ReadNext();
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
        // Reading from a terminal blocks, and passing over what was sent takes time, so it does not happen on the actor's thread.
        if (_reader is { } reader)
        {
            Task.Run(reader.ReadLine).PipeTo(Self, Self, line => new LineRead(run, line));
            return;
        }
        var opened = _reader = _open();
        var sent = Sent;
        Task.Run(() => FirstBehind(opened, sent)).PipeTo(Self, Self, line => new LineRead(run, line));
    }

    private static string? FirstBehind(TextReader reader, long sent)
    {
        for (var passed = 0L; passed < sent; passed++)
            if (reader.ReadLine() is null) throw new InvalidDataException($"the text has {passed} lines, but {sent} of it were sent before");
        return reader.ReadLine();
    }

    private sealed record LineRead(int Run, string? Line);
}
