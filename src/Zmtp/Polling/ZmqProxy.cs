namespace Actors.Zmtp;

/// <summary>
/// Passes messages between two sockets, both ways, as <c>zmq_proxy(3)</c>: the ROUTER and DEALER of a queue, the XSUB and XPUB of
/// a forwarder, the PULL and PUSH of a streamer.
/// </summary>
public static class ZmqProxy
{
    /// <summary>Passes messages on this thread, which owns the sockets meanwhile, until it is stopped.</summary>
    /// <remarks>A side that cannot take messages holds up what goes to it, and not the other way.</remarks>
    /// <param name="frontend">One end.</param>
    /// <param name="backend">The other end.</param>
    /// <param name="capture">Is sent a copy of each message that it can take; null for none.</param>
    /// <param name="stop">Ends the call, after the message that is under way.</param>
    /// <exception cref="TerminatingException"><see cref="ZmqContext.Terminate"/> was called.</exception>
    public static void Run(ZmqSocket frontend, ZmqSocket backend, ZmqSocket? capture = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(frontend);
        ArgumentNullException.ThrowIfNull(backend);
        using ZmqPoller poller = [frontend, backend];
        Way there = new(frontend, backend, capture);
        Way back = new(backend, frontend, capture);
        there.Open();
        back.Open();
        try
        {
            // From the poller's own queue, so that a stop that comes first finds it running.
            using CancellationTokenRegistration stopping = stop.UnsafeRegister(static p => new Task(((ZmqPoller)p!).StopAsync).Start((ZmqPoller)p!), poller);
            poller.Run();
        }
        finally
        {
            there.Close();
            back.Close();
        }
    }

    /// <summary>One direction: reads as long as the other side can take a message, and otherwise waits until it can.</summary>
    private sealed class Way(ZmqSocket from, ZmqSocket to, ZmqSocket? capture)
    {
        // Messages in a row before the other way has its turn.
        private const int BatchSize = 256;

        private bool _waits;

        public void Open() => from.ReceiveReady += Pass;

        public void Close()
        {
            from.ReceiveReady -= Pass;
            to.SendReady -= Resume;
        }

        private void Pass(object? sender, ZmqSocketEventArgs e)
        {
            Msg msg = default;
            for (int i = 0; i < BatchSize; i++)
            {
                if (!to.HasOut)
                {
                    Wait();
                    return;
                }

                if (!from.TryReceive(ref msg, TimeSpan.Zero))
                {
                    return;
                }

                PassMessage(ref msg);
            }
        }

        private void PassMessage(ref Msg msg)
        {
            bool captured = capture is { HasOut: true };
            bool more = true;
            while (more)
            {
                more = msg.HasMore;
                if (captured)
                {
                    Msg copy = default;
                    copy.Copy(ref msg);
                    capture!.Send(ref copy, more);
                }

                to.Send(ref msg, more);
                if (more)
                {
                    from.Receive(ref msg);
                }
            }
        }

        private void Wait()
        {
            if (!_waits)
            {
                _waits = true;
                from.ReceiveReady -= Pass;
                to.SendReady += Resume;
            }
        }

        private void Resume(object? sender, ZmqSocketEventArgs e)
        {
            _waits = false;
            to.SendReady -= Resume;
            from.ReceiveReady += Pass;
        }
    }
}
