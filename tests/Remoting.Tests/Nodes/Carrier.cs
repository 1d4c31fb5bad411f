namespace Remoting.Tests.Nodes;

/// <summary>What carries the messages between the nodes of a test.</summary>
public enum Carrier
{
    /// <summary>Akka's own transport, which says what remoting is expected to do.</summary>
    Netty,

    /// <summary>Ours over tcp.</summary>
    Zmq,

    /// <summary>Ours within the process.</summary>
    Inproc,
}

internal static class Carriers
{
    public static TheoryData<Carrier> All => [Carrier.Netty, Carrier.Zmq, Carrier.Inproc];

    /// <summary>Those whose connections a test can cut.</summary>
    public static TheoryData<Carrier> OverTcp => [Carrier.Netty, Carrier.Zmq];

    public static TheoryData<Carrier> Ours => [Carrier.Zmq, Carrier.Inproc];

    public static string Section(this Carrier carrier) => carrier == Carrier.Netty ? "akka.remote.dot-netty.tcp" : "akka.remote.zmq";

    public static string Scheme(this Carrier carrier) => carrier == Carrier.Netty ? "akka.tcp" : "akka.zmq";
}
