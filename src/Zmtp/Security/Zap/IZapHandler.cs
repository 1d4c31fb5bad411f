using Actors.Zmtp.Io;

namespace Actors.Zmtp.Security.Zap;

/// <summary>Says who may connect (https://rfc.zeromq.org/spec/27/). Called from any I/O thread, which it must not block.</summary>
internal interface IZapHandler
{
    /// <summary>Somebody is there to be asked.</summary>
    bool HasHandler { get; }

    /// <summary>Asks; the callback runs on the reactor's thread. Returns the number of the request for <see cref="Cancel"/>.</summary>
    ulong Ask(ZapRequest request, string domain, string address, Reactor reactor, Action<ZapReply> callback);

    /// <summary>The connection that asked has ended.</summary>
    void Cancel(ulong id);
}
