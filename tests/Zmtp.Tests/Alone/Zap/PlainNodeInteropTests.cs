using Actors.Zmtp.Tests.Interop;

namespace Actors.Zmtp.Tests.Alone.Zap;

/// <summary>PLAIN with the libzmq of the npm package: each pair of the classic types with either end as the server, and each transport.</summary>
[Collection(AloneCollection.Name)]
public class PlainNodeInteropTests
{
    private const string User = "admin";
    private const string Password = "secret";

    public static TheoryData<string, bool> Pairs => SocketPair.BothDirections();

    public static TheoryData<string, bool> Ways => Link.Ways();

    [SkippableTheory]
    [MemberData(nameof(Pairs))]
    public void Their_client_of_each_type_is_let_in(string pair, bool weBind) => BeTheServer(pair, "tcp", weBind);

    [SkippableTheory]
    [MemberData(nameof(Pairs))]
    public void Our_client_of_each_type_is_let_in(string pair, bool weBind) => BeTheClient(pair, "tcp", weBind);

    [SkippableTheory]
    [MemberData(nameof(Ways))]
    public void Their_client_is_let_in_over_each_transport(string transport, bool weBind) => BeTheServer("PAIR-PAIR", transport, weBind);

    [SkippableTheory]
    [MemberData(nameof(Ways))]
    public void Our_client_is_let_in_over_each_transport(string transport, bool weBind) => BeTheClient("PAIR-PAIR", transport, weBind);

    private static void BeTheServer(string pair, string transport, bool weBind)
    {
        using var theirs = NodePeer.Start(SocketPair.Theirs(pair));
        theirs.Set("plainUsername", $"\"{User}\"");
        theirs.Set("plainPassword", $"\"{Password}\"");
        using var handler = new ZapHandler();
        using var ours = SocketPair.CreateOurs(pair);
        ours.Options.PlainServer = true;
        Link.Up(ours, theirs, transport, weBind);
        var request = handler.Request();
        Assert.Equal([ZapHandler.Text(User), ZapHandler.Text(Password)], request[6..]);
        handler.Reply(request, "200");
        SocketPair.Exchange(pair, ours, theirs);
    }

    private static void BeTheClient(string pair, string transport, bool weBind)
    {
        using var theirs = NodePeer.Start(SocketPair.Theirs(pair));
        theirs.Do($"zap {Convert.ToHexStringLower(ZapHandler.Text(User))},{Convert.ToHexStringLower(ZapHandler.Text(Password))}");
        theirs.Set("plainServer", "true");
        using var ours = SocketPair.CreateOurs(pair);
        ours.Options.PlainUsername = User;
        ours.Options.PlainPassword = Password;
        Link.Up(ours, theirs, transport, weBind);
        SocketPair.Exchange(pair, ours, theirs);
    }
}
