using Actors.Zmtp.Protocol;

namespace Actors.Zmtp.Tests.Protocol;

public class SocketTypesTests
{
    // The table of https://rfc.zeromq.org/spec/37/, "The Socket-Type Property", one half of it.
    private static readonly HashSet<string> Legal =
    [
        "REQ REP", "REQ ROUTER", "REP DEALER", "DEALER DEALER", "DEALER ROUTER", "ROUTER ROUTER",
        "PUB SUB", "PUB XSUB", "XPUB SUB", "XPUB XSUB", "PUSH PULL", "PAIR PAIR",
        "CLIENT SERVER", "RADIO DISH", "SCATTER GATHER", "PEER PEER",
    ];

    private static readonly string[] Names =
    [
        "REQ", "REP", "DEALER", "ROUTER", "PUB", "XPUB", "SUB", "XSUB", "PUSH", "PULL", "PAIR",
        "CLIENT", "SERVER", "RADIO", "DISH", "SCATTER", "GATHER", "PEER",
    ];

    public static TheoryData<string, string> Pairs()
    {
        var pairs = new TheoryData<string, string>();
        foreach (var one in Names)
        {
            foreach (var other in Names)
                pairs.Add(one, other);
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_table_of_RFC_37_holds(string one, string other)
    {
        Assert.True(SocketTypes.TryParse(System.Text.Encoding.ASCII.GetBytes(one), out var first));
        Assert.True(SocketTypes.TryParse(System.Text.Encoding.ASCII.GetBytes(other), out var second));
        Assert.Equal(one, SocketTypes.WireName(first));
        Assert.Equal(Legal.Contains($"{one} {other}") || Legal.Contains($"{other} {one}"), SocketTypes.AreCompatible(first, second));
    }

    [Theory]
    [InlineData("")]
    [InlineData("req")]
    [InlineData("REQX")]
    [InlineData("STREAM")]
    public void Other_names_are_unknown(string name)
    {
        Assert.False(SocketTypes.TryParse(System.Text.Encoding.ASCII.GetBytes(name), out _));
    }
}
