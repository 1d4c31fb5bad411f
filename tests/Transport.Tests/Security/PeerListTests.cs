using Actors.Transport;
using Actors.Zmtp;

namespace Transport.Tests.Security;

/// <summary>clients.keys and users.conf: what they let in, their mistakes, and how they are read again.</summary>
public sealed class PeerListTests : IDisposable
{
    private static readonly string Joe = new CurveKeyPair().PublicKeyZ85;
    private static readonly string Ann = new CurveKeyPair().PublicKeyZ85;

    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _faults = [];

    public void Dispose() => _folder.Dispose();

    private PeerListFile Clients(params string[] lines) => PeerListFile.Open(new SettingCheck("role", "security."), "clients", _folder.Write("clients.keys", lines), AllowedClients.Parse);

    private PeerListFile Users(params string[] lines) => PeerListFile.Open(new SettingCheck("role", "security."), "users", _folder.Write("users.conf", lines), AllowedUsers.Parse);

    private ZapDecision Decide(PeerListFile list, string key) => list.Decide(Request("CURVE") with { PublicKey = key }, _faults.Add);

    private ZapDecision Decide(PeerListFile list, string user, string password) => list.Decide(Request("PLAIN") with { Username = user, Password = password }, _faults.Add);

    private static ZapRequest Request(string mechanism) => new() { Domain = "role", Address = "127.0.0.1", RoutingId = default, Mechanism = mechanism };

    [Fact]
    public void A_listed_key_is_let_in_under_its_name()
    {
        var list = Clients("# clients", "", $"{Joe} joe smith  # in the office", $"  {Ann}");

        Assert.Equal((true, "joe smith"), (Decide(list, Joe).IsAllowed, Decide(list, Joe).UserId));
        Assert.Equal((true, ""), (Decide(list, Ann).IsAllowed, Decide(list, Ann).UserId));
    }

    [Fact]
    public void A_key_that_is_not_listed_is_refused_with_the_key_and_the_file()
    {
        var decision = Decide(Clients($"{Joe} joe"), Ann);

        Assert.Equal(400, decision.StatusCode);
        Assert.Equal($"the key {Ann} is not in {_folder.PathOf("clients.keys")}", decision.Reason);
    }

    [Fact]
    public void A_mistake_in_a_list_names_the_option_the_file_and_the_line()
    {
        var fault = Assert.ThrowsAny<SocketSettingsException>(() => Clients("# clients", "joe joe"));
        Assert.Equal("security.clients", fault.Option);
        Assert.Contains("clients.keys:2: \"joe\" is not a public key", fault.Fault, StringComparison.Ordinal);

        Assert.Contains("clients.keys:2: the key", Assert.ThrowsAny<SocketSettingsException>(() => Clients(Joe, Joe)).Fault, StringComparison.Ordinal);
        Assert.Contains("users.conf:1: there is one word", Assert.ThrowsAny<SocketSettingsException>(() => Users("joe")).Fault, StringComparison.Ordinal);
        Assert.Contains("users.conf:2: the user \"joe\" stands in line 1", Assert.ThrowsAny<SocketSettingsException>(() => Users("joe a", "joe b")).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_user_is_let_in_with_the_listed_password_only()
    {
        var list = Users("# users", "joe secret", "ann  two words ");

        Assert.True(Decide(list, "joe", "secret").IsAllowed);
        Assert.True(Decide(list, "ann", "two words").IsAllowed);
        Assert.Equal($"the user \"joe\" has another password in {_folder.PathOf("users.conf")}", Decide(list, "joe", "guess").Reason);
        Assert.Equal($"the user \"bob\" is not in {_folder.PathOf("users.conf")}", Decide(list, "bob", "secret").Reason);
    }

    [Fact]
    public void A_list_that_changes_is_read_again()
    {
        var list = Clients(Joe);
        Assert.False(Decide(list, Ann).IsAllowed);

        _folder.Write("clients.keys", Ann);

        Assert.True(Decide(list, Ann).IsAllowed);
        Assert.False(Decide(list, Joe).IsAllowed);
    }

    [Fact]
    public void A_change_of_the_same_length_and_time_is_read_again()
    {
        var list = Clients(Joe);
        var time = File.GetLastWriteTimeUtc(_folder.PathOf("clients.keys"));

        _folder.Write("clients.keys", Ann);
        File.SetLastWriteTimeUtc(_folder.PathOf("clients.keys"), time);

        Assert.True(Decide(list, Ann).IsAllowed);
    }

    [Fact]
    public void A_list_that_does_not_change_is_not_read_again()
    {
        var path = _folder.Write("clients.keys", Joe);
        File.SetLastWriteTimeUtc(path, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var reads = 0;
        var list = PeerListFile.Open(new SettingCheck("role"), "clients", path, (file, lines) =>
        {
            reads++;
            return AllowedClients.Parse(file, lines);
        });

        for (var n = 0; n < 10; n++) Assert.True(Decide(list, Joe).IsAllowed);

        Assert.Equal(1, reads);
    }

    [Fact]
    public void A_broken_list_leaves_the_old_one_in_force_and_is_told_once()
    {
        var list = Clients(Joe);

        _folder.Write("clients.keys", Joe, "nonsense");
        for (var n = 0; n < 3; n++) Assert.True(Decide(list, Joe).IsAllowed);
        Assert.Contains("clients.keys:2: \"nonsense\" is not a public key", Assert.Single(_faults), StringComparison.Ordinal);

        File.Delete(_folder.PathOf("clients.keys"));
        for (var n = 0; n < 3; n++) Assert.True(Decide(list, Joe).IsAllowed);
        Assert.Equal(2, _faults.Count);
        Assert.Contains("clients.keys does not exist; the list of before stays in force", _faults[1], StringComparison.Ordinal);

        _folder.Write("clients.keys", Ann);
        Assert.True(Decide(list, Ann).IsAllowed);
        Assert.Equal(2, _faults.Count);
    }
}
