using System.Security.Cryptography;
using Actors.Remoting.Sockets;
using Actors.Remoting.Wire;
using Akka.Actor;
using Akka.Event;

namespace Actors.Remoting.Associations;

/// <summary>What all associations of a transport share.</summary>
internal sealed class AssociationContext(Address localAddress, ZmqRemoteSettings settings, SocketLoop loop, ILoggingAdapter log)
{
    /// <summary>The most bytes of a batch: the engine copies frames of this size at once, so that one buffer serves all.</summary>
    private const int BatchSize = Actors.Zmtp.Pipes.BlockPool.LargeFrame - 1;

    public Address LocalAddress => localAddress;

    public ZmqRemoteSettings Settings => settings;

    public SocketLoop Loop => loop;

    public ILoggingAdapter Log => log;

    /// <summary>For the thread of the loop.</summary>
    public PduBatch Batch { get; } = new(BatchSize);

    /// <summary>The associations whose connection stands; for the thread of the loop.</summary>
    public OpenAssociations Open { get; } = new();

    /// <summary>For the thread of the loop.</summary>
    public Crossings Crossings => field ??= new Crossings(Incarnation, Open, TimeProvider.System);

    /// <summary>Tells this process from others that had the address before; not <see cref="Incarnations.None"/>.</summary>
    public ulong Incarnation { get; } = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;
}
