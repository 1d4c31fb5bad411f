using System.Runtime.InteropServices;
using Actors.Zmtp;

namespace Actors.Host.Tap;

/// <summary>
/// One direction of a tap. It takes a message only when the other end can pass it on, or holds the one that it could not, so that a
/// receiver that waits makes the sender wait.
/// </summary>
internal sealed class TapWay(TapEnd from, TapEnd to, bool isForward, TapPrinter printer)
{
    // Messages in a row before the other way has its turn.
    private const int BatchSize = 256;

    private readonly List<ReadOnlyMemory<byte>> _message = [];
    private bool _holds;
    private bool _waits;

    /// <summary>Messages that were passed on, without subscriptions.</summary>
    public long Messages { get; private set; }

    /// <summary>Their bytes, without routing ids.</summary>
    public long Bytes { get; private set; }

    /// <summary>Messages whose receiver has gone.</summary>
    public long Unroutable { get; private set; }

    /// <summary>A message was taken and could not be passed on yet.</summary>
    public bool HoldsMessage => _holds;

    /// <summary>Nothing is held or waits to be taken.</summary>
    public bool IsEmpty => !_holds && !from.Socket.HasIn;

    /// <summary>Tells the number of messages passed by both ways; false ends the tap.</summary>
    public required Func<bool> Passed { get; init; }

    public void Open() => from.Socket.ReceiveReady += OnReceiveReady;

    public void Close()
    {
        if (!_waits) from.Socket.ReceiveReady -= OnReceiveReady;
        else to.Socket.SendReady -= OnSendReady;
    }

    /// <summary>Tries again to pass on what is held. A ROUTER is always writable, and its peer may be full nevertheless.</summary>
    public void Retry()
    {
        if (_holds && to.IsRouter) Pass();
    }

    /// <summary>Passes on what can be passed on now.</summary>
    public void Pass()
    {
        for (var i = 0; i < BatchSize; i++)
        {
            if (!_holds && !Take()) break;
            if (!Send()) return;
            if (!Passed()) return;
        }
        Resume();
    }

    private void OnReceiveReady(object? sender, ZmqSocketEventArgs e) => Pass();

    private void OnSendReady(object? sender, ZmqSocketEventArgs e) => Pass();

    private bool Take()
    {
        if (!to.Socket.HasOut)
        {
            Wait();
            return false;
        }
        _message.Clear();
        if (!from.Socket.TryReceive(out var frame, out var more)) return false;
        _message.Add(frame);
        while (more && from.Socket.TryReceive(out frame, out more)) _message.Add(frame);
        _holds = true;
        return true;
    }

    private bool Send()
    {
        var result = to.Socket.TrySend(CollectionsMarshal.AsSpan(_message));
        if (result == SendResult.Full)
        {
            Wait();
            return false;
        }
        _holds = false;
        if (result == SendResult.Unroutable)
        {
            Unroutable++;
            printer.Lost(isForward, from, _message, to);
            return true;
        }
        if (from.Socket.Type == ZmqSocketType.Xpub)
        {
            printer.Subscription(isForward, from, _message);
            return true;
        }
        Messages++;
        foreach (var frame in CollectionsMarshal.AsSpan(_message)) Bytes += frame.Length;
        if (from.IsRouter) Bytes -= _message[0].Length;
        printer.Message(isForward, from, _message, to);
        return true;
    }

    private void Wait()
    {
        if (_waits) return;
        _waits = true;
        from.Socket.ReceiveReady -= OnReceiveReady;
        // A ROUTER says that it is writable all the time: the clock of the tap retries.
        if (!to.IsRouter) to.Socket.SendReady += OnSendReady;
    }

    private void Resume()
    {
        if (!_waits || _holds || !to.Socket.HasOut) return;
        _waits = false;
        to.Socket.SendReady -= OnSendReady;
        from.Socket.ReceiveReady += OnReceiveReady;
    }
}
