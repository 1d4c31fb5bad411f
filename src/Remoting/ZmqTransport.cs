using Actors.Remoting.Associations;
using Actors.Remoting.Settings;
using Actors.Remoting.Sockets;
using Actors.Zmtp;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote.Transport;

namespace Actors.Remoting;

/// <summary>
/// The transport of Akka.Remote over ZeroMQ, which <c>akka.remote.enabled-transports</c> names; its addresses begin with
/// <c>akka.zmq</c>. Akka makes it; docs/remoting.md has its settings and its frames.
/// </summary>
public sealed class ZmqTransport : Transport
{
    /// <summary>The scheme of addresses, before which Akka puts its own.</summary>
    public const string Scheme = "zmq";

    private readonly ZmqRemoteSettings _settings;
    private readonly CurveNode? _curve;
    private readonly ILoggingAdapter _log;
    private readonly TaskCompletionSource<IAssociationEventListener> _associations = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SocketLoop? _loop;
    private AssociationContext? _context;
    private Listener? _listener;
    private Task<bool>? _shutdown;

    /// <summary>Called by Akka, with the section of the configuration that <c>enabled-transports</c> names.</summary>
    /// <exception cref="ConfigurationException">A setting is unknown, malformed or out of range.</exception>
    public ZmqTransport(ActorSystem system, Config config)
    {
        ArgumentNullException.ThrowIfNull(system);
        System = system;
        Config = config;
        _settings = SettingsReader.Read(config);
        _curve = _settings.Curve is { } curve && _settings.Transport == ZmqRemoteTransport.Tcp ? new CurveNode(curve.ResolveKeys(), curve.Allowed) : null;
        _log = Logging.GetLogger(system, typeof(ZmqTransport));
        SchemeIdentifier = Scheme;
        MaximumPayloadBytes = _settings.MaximumFrameSize;
    }

    /// <inheritdoc/>
    public override Task<(Address, TaskCompletionSource<IAssociationEventListener>)> Listen()
    {
        try
        {
            var router = SocketSetup.Router(_settings, _curve, _log);
            try
            {
                var address = Binding.Bind(router, _settings, System.Name);
                _loop = new SocketLoop(_log);
                _context = new AssociationContext(address, _settings, _loop, _log);
                _listener = new Listener(router, _context, _curve, Accept);
                _listener.Start();
                return Task.FromResult((address, _associations));
            }
            catch
            {
                router.Dispose();
                throw;
            }
        }
        catch (ZmqException error)
        {
            return Task.FromException<(Address, TaskCompletionSource<IAssociationEventListener>)>(new InvalidAssociationException($"The transport akka.zmq cannot listen: {error.Message}", error));
        }
    }

    /// <inheritdoc/>
    public override bool IsResponsibleFor(Address remote) => true;

    /// <inheritdoc/>
    public override Task<AssociationHandle> Associate(Address remoteAddress)
    {
        ArgumentNullException.ThrowIfNull(remoteAddress);
        if (_loop is null || _shutdown is not null)
            return Task.FromException<AssociationHandle>(new InvalidAssociationException($"No association with {remoteAddress}: the transport does not listen{(_shutdown is null ? " yet" : " any more")}."));
        if (string.IsNullOrEmpty(remoteAddress.Host) || remoteAddress.Port is null)
            return Task.FromException<AssociationHandle>(new InvalidAssociationException($"No association with {remoteAddress}: expected an address with host and port."));
        var dial = new Dial(remoteAddress, _context!, _curve);
        _loop.Post(dial.Start);
        return dial.Result;
    }

    /// <summary>Ends all associations, after what was written has left or the linger time is over, and closes the sockets.</summary>
    public override Task<bool> Shutdown() => _shutdown ??= _loop is null ? Task.FromResult(true) : Close(_loop, _context!, _listener!);

    private async Task<bool> Close(SocketLoop loop, AssociationContext context, Listener listener)
    {
        var flushed = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Post(() =>
        {
            foreach (var association in context.Open.ToArray()) association.Leave();
            context.Open.WhenEmpty(() => flushed.TrySetResult(true));
        });
        using var patience = loop.After(_settings.Linger, () => flushed.TrySetResult(false));
        var whole = await flushed.Task.ConfigureAwait(false);
        listener.Close();
        // Behind the closing of the socket.
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Post(closed.SetResult);
        await closed.Task.ConfigureAwait(false);
        loop.Stop();
        return whole;
    }

    /// <summary>On the thread of the loop: a node has begun an association.</summary>
    private void Accept(ZmqAssociation association) => _associations.Task.ContinueWith(
        listener => listener.Result.Notify(new InboundAssociation(association)),
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);
}
