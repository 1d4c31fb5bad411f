using Actors.Zmtp.Io;

namespace Actors.Zmtp.Security.Zap;

/// <summary>Asks a function of one socket's owner, where the handler at inproc://zeromq.zap.01 would be that of the whole process.</summary>
/// <param name="ask">
/// Told the request, the domain, the peer's address and whom to give the answer, once and from any thread. Called on an I/O
/// thread, which it must not block.
/// </param>
internal sealed class ZapCallback(Action<ZapRequest, string, string, Action<ZapReply>> ask) : IZapHandler
{
    public bool HasHandler => true;

    public ulong Ask(ZapRequest request, string domain, string address, Reactor reactor, Action<ZapReply> callback)
    {
        ask(request, domain, address, reply => reactor.Post(() => callback(reply)));
        return 0;
    }

    /// <summary>Nothing to do: a connection that has ended takes no answer.</summary>
    public void Cancel(ulong id)
    {
    }
}
