namespace Actors.Zmtp.Tests.Interop;

/// <summary>With the libzmq 4.3.5 of the npm package "zeromq" 6: each pair of the classic types, over tcp, ipc and ws, with NULL and CURVE.</summary>
public class NodeInteropTests
{
    public static TheoryData<string, bool> Pairs => SocketPair.BothDirections();

    public static TheoryData<string, bool> Ways => Link.Ways();

    [SkippableTheory]
    [MemberData(nameof(Pairs))]
    public void Each_pair_talks_over_tcp(string pair, bool weBind) => Talk(pair, "tcp", weBind);

    [SkippableTheory]
    [MemberData(nameof(Pairs))]
    public void Each_pair_talks_over_ipc(string pair, bool weBind) => Talk(pair, "ipc", weBind);

    [SkippableTheory]
    [MemberData(nameof(Pairs))]
    public void Each_pair_talks_over_ws(string pair, bool weBind) => Talk(pair, "ws", weBind);

    [SkippableTheory]
    [MemberData(nameof(Pairs))]
    public void Each_pair_talks_over_tcp_with_CURVE(string pair, bool weBind) => TalkWithCurve(pair, "tcp", weBind, weServe: weBind);

    [SkippableTheory]
    [MemberData(nameof(Pairs))]
    public void Each_pair_talks_over_ipc_with_CURVE(string pair, bool weBind) => TalkWithCurve(pair, "ipc", weBind, weServe: weBind);

    [SkippableTheory]
    [MemberData(nameof(Pairs))]
    public void Each_pair_talks_over_ws_with_CURVE(string pair, bool weBind) => TalkWithCurve(pair, "ws", weBind, weServe: weBind);

    [SkippableTheory]
    [MemberData(nameof(Ways))]
    public void The_server_of_CURVE_may_be_the_end_that_connects(string transport, bool weBind)
        => TalkWithCurve("DEALER-ROUTER", transport, weBind, weServe: !weBind);

    private static void Talk(string pair, string transport, bool weBind)
    {
        using var theirs = NodePeer.Start(SocketPair.Theirs(pair));
        using var ours = SocketPair.CreateOurs(pair);
        Link.Up(ours, theirs, transport, weBind);
        SocketPair.Exchange(pair, ours, theirs);
    }

    private static void TalkWithCurve(string pair, string transport, bool weBind, bool weServe)
    {
        using var theirs = NodePeer.Start(SocketPair.Theirs(pair));
        using var ours = SocketPair.CreateOurs(pair);
        theirs.UseCurve(ours, weServe);
        Link.Up(ours, theirs, transport, weBind);
        SocketPair.Exchange(pair, ours, theirs);
    }
}
