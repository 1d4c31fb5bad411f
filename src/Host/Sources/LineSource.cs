using Actors.Transport;
using Akka.Actor;
using Akka.Event;

namespace Actors.Host.Sources;

/// <summary>Sends each line of a text as a message, in UTF-8, and reads on only when the role takes more.</summary>
internal sealed class LineSource : Source
{
    private readonly Func<TextReader> _open;
    private TextReader? _reader;
    private bool _reading;

    /// <param name="settings">What every source has.</param>
    /// <param name="open">Opens the text; called once.</param>
    public LineSource(SourceSettings settings, Func<TextReader> open)
        : base(settings) => _open = open;

    protected override void PostStop()
    {
        _reader?.Dispose();
        base.PostStop();
    }

    protected override void OnDemand() => ReadNext();

    protected override void OnOther(object message)
    {
        switch (message)
        {
            case LineRead { Line: null }:
                End();
                break;
            case LineRead { Line: { } line }:
                _reading = false;
                Send(Message.FromText(line));
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
        _reader ??= _open();
        var reader = _reader;
        // Reading from a terminal blocks, so it does not happen on the actor's thread.
        Task.Run(reader.ReadLine).PipeTo(Self, Self, line => new LineRead(line));
    }

    private sealed record LineRead(string? Line);
}
