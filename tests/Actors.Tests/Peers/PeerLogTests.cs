using Actors.Transport;
using Akka.Event;
using Microsoft.Extensions.Time.Testing;

namespace Actors.Tests.Peers;

/// <summary>The lines of the peer log, and how what repeats is summed up, in virtual time.</summary>
public sealed class PeerLogTests
{
    private const string Endpoint = "tcp://127.0.0.1:5557";

    private readonly FakeTimeProvider _time = new();
    private readonly List<(LogLevel Level, string Line)> _lines = [];
    private readonly PeerLog _log;
    private int _peers;

    public PeerLogTests() => _log = new PeerLog(_time, (level, line) => _lines.Add((level, line)));

    private IEnumerable<string> Lines => _lines.Select(line => line.Line);

    private void Connect(int number) => _log.Add(new PeerConnected("pull", Endpoint, PeerOf(number)), Count(1));

    private void Leave(int number, string? reason = "the peer closed the connection") => _log.Add(new PeerDisconnected("pull", Endpoint, PeerOf(number), reason), Count(-1));

    private void Fail(string reason, int number = 1) => _log.Add(new PeerHandshakeFailed("pull", Endpoint, PeerOf(number), reason), () => _peers);

    private static Peer PeerOf(int number) => new(null, $"tcp://192.0.2.1:{number}") { SocketType = "PUSH", Mechanism = "NULL" };

    private Func<int> Count(int change)
    {
        _peers += change;
        return () => _peers;
    }

    /// <summary>Lets time pass, and the log write what falls due in it.</summary>
    private void Advance(TimeSpan time)
    {
        for (var end = _time.Elapsed() + time; _time.Elapsed() < end; _time.Advance(TimeSpan.FromSeconds(1)))
            if (_log.NextDue <= _time.Elapsed()) _log.WriteSums();
        if (_log.NextDue <= _time.Elapsed()) _log.WriteSums();
    }

    [Fact]
    public void A_peer_that_comes_and_leaves_is_told_with_address_socket_type_mechanism_and_reason()
    {
        Connect(1);
        Leave(1);
        Assert.Equal(
        [
            (LogLevel.InfoLevel, "pull: peer tcp://192.0.2.1:1 at tcp://127.0.0.1:5557 connected (PUSH, NULL); 1 connected now"),
            (LogLevel.InfoLevel, "pull: peer tcp://192.0.2.1:1 at tcp://127.0.0.1:5557 left (PUSH, NULL): the peer closed the connection; 0 connected now"),
        ],
        _lines);
    }

    [Fact]
    public void A_peer_of_a_router_is_told_with_its_routing_id_and_user_id()
    {
        _log.Add(new PeerConnected("server", Endpoint, new Peer("worker-1"u8.ToArray(), "192.0.2.1:1", "alice") { SocketType = "DEALER", Mechanism = "CURVE" }), () => 1);
        _log.Add(new PeerConnected("server", Endpoint, new Peer(new byte[] { 0, 1, 2, 3, 0xFF }, "192.0.2.1:2") { SocketType = "REQ" }), () => 2);
        Assert.Equal(
        [
            "server: peer 192.0.2.1:1 at tcp://127.0.0.1:5557 connected (DEALER, CURVE, user id \"alice\", routing id \"worker-1\"); 1 connected now",
            "server: peer 192.0.2.1:2 at tcp://127.0.0.1:5557 connected (REQ, routing id 0x00010203FF); 2 connected now",
        ],
        Lines);
    }

    [Fact]
    public void What_an_engine_does_not_know_is_left_out()
    {
        _log.Add(new PeerConnected("pull", Endpoint, new Peer(null, "192.0.2.1:1")), () => 1);
        _log.Add(new PeerDisconnected("pull", Endpoint), () => 0);
        Assert.Equal(
            ["pull: peer 192.0.2.1:1 at tcp://127.0.0.1:5557 connected; 1 connected now", "pull: peer at tcp://127.0.0.1:5557 left: no reason is known; 0 connected now"],
            Lines);
    }

    [Fact]
    public void A_thousand_clients_at_once_are_three_lines_and_a_sum()
    {
        for (var i = 1; i <= 1000; i++) Connect(i);
        Assert.Equal(3, _lines.Count);
        Advance(PeerLog.FirstInterval);
        Assert.Equal(4, _lines.Count);
        Assert.Equal("pull: 997 more peers connected within 10 s, the last was tcp://192.0.2.1:1000 at tcp://127.0.0.1:5557; 1000 connected now", _lines[3].Line);
    }

    [Fact]
    public void A_peer_that_comes_and_goes_each_second_for_an_hour_is_a_few_lines_with_the_right_counts()
    {
        for (var i = 1; i <= 3600; i++)
        {
            Connect(i);
            Leave(i);
            Advance(TimeSpan.FromSeconds(1));
        }
        _log.End();
        Assert.InRange(_lines.Count, 8, 50);
        Assert.Equal(3600 - PeerLog.LinesAtOnce, Lines.Sum(line => Counted(line, " more peers connected")));
        Assert.Equal(3600 - PeerLog.LinesAtOnce, Lines.Sum(line => Counted(line, " more peers left")));
    }

    [Fact]
    public void What_happens_again_after_a_quiet_time_is_told_at_once()
    {
        for (var i = 1; i <= 10; i++) Connect(i);
        Advance(TimeSpan.FromMinutes(1));
        _lines.Clear();
        Connect(11);
        Assert.Equal("pull: peer tcp://192.0.2.1:11 at tcp://127.0.0.1:5557 connected (PUSH, NULL); 11 connected now", Assert.Single(Lines));
    }

    [Fact]
    public void A_failed_handshake_is_a_warning_for_each_reason()
    {
        for (var i = 1; i <= 503; i++) Fail("wrong key", i);
        Fail("wrong socket type");
        Assert.All(_lines, line => Assert.Equal(LogLevel.WarningLevel, line.Level));
        Assert.Equal("pull: the handshake with tcp://192.0.2.1:1 at tcp://127.0.0.1:5557 failed: wrong key", _lines[0].Line);
        Assert.Equal("pull: the handshake with tcp://192.0.2.1:1 at tcp://127.0.0.1:5557 failed: wrong socket type", _lines[3].Line);
        Advance(PeerLog.FirstInterval);
        Assert.Equal("pull: the handshake failed 500 more times within 10 s, the last time with tcp://192.0.2.1:503 at tcp://127.0.0.1:5557: wrong key", Assert.Single(Lines.Skip(4)));
    }

    [Fact]
    public void A_peer_that_makes_up_ever_new_reasons_does_not_fill_the_log()
    {
        for (var i = 0; i < 10_000; i++) Fail($"reason {i}");
        Advance(PeerLog.FirstInterval);
        Assert.InRange(_lines.Count, 100, 110);
    }

    [Fact]
    public void What_a_peer_chose_itself_cannot_break_a_line()
    {
        Fail("the peer sent \"\n\e[2J\"");
        Assert.EndsWith("failed: the peer sent \"\\u000a\\u001b[2J\"", _lines[0].Line, StringComparison.Ordinal);
    }

    [Fact]
    public void Tries_to_reconnect_are_told_with_their_backoff_and_summed_up_for_each_endpoint()
    {
        for (var i = 0; i < 20; i++) _log.Add(new PeerRetried("push", Endpoint, TimeSpan.FromMilliseconds(Math.Min(100 << i, 5000)), "connecting failed: ConnectionRefused"), () => 0);
        _log.Add(new PeerRetried("push", "tcp://127.0.0.1:5558", TimeSpan.FromSeconds(1)), () => 0);
        Assert.Equal(4, _lines.Count);
        Assert.Equal((LogLevel.InfoLevel, "push: no connection to tcp://127.0.0.1:5557 (connecting failed: ConnectionRefused); the next try follows in 100 ms"), _lines[0]);
        Assert.Equal("push: no connection to tcp://127.0.0.1:5558; the next try follows in 1000 ms", _lines[3].Line);
        Advance(PeerLog.FirstInterval);
        Assert.Equal("push: no connection to tcp://127.0.0.1:5557 (connecting failed: ConnectionRefused): 17 more tries within 10 s; the next follows in 5000 ms", _lines[4].Line);
    }

    [Fact]
    public void A_role_that_stops_tells_what_it_has_counted()
    {
        for (var i = 1; i <= 10; i++) Connect(i);
        _log.End();
        Assert.StartsWith("pull: 7 more peers connected", _lines[3].Line, StringComparison.Ordinal);
        Assert.Null(_log.NextDue);
    }

    private static int Counted(string line, string what) =>
        line.IndexOf(what, StringComparison.Ordinal) is > 0 and var end ? int.Parse(line["pull: ".Length..end], System.Globalization.CultureInfo.InvariantCulture) : 0;
}
