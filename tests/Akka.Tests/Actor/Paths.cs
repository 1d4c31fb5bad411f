using Akka.Actor;

namespace Akka.Tests.Actor;

public sealed class Paths
{
    [Fact]
    public void A_path_reads_back_as_it_is_written()
    {
        foreach (var text in new[] { "akka://sys/", "akka://sys/user/a/b", "akka.tcp://sys@host:2552/user/a" })
            Assert.Equal(text, ActorPath.Parse(text).ToString());
    }

    [Fact]
    public void A_uid_is_kept_apart_from_the_name()
    {
        var path = ActorPath.Parse("akka://sys/user/a#123");
        Assert.Equal("a", path.Name);
        Assert.Equal(123, path.Uid);
        Assert.Equal("akka://sys/user/a#123", path.ToSerializationFormat());
        Assert.Equal(ActorPath.Parse("akka://sys/user/a"), path);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no path")]
    [InlineData("http://sys/user")]
    [InlineData("akka://sys@host/user")]
    [InlineData("akka://sys@host:99999/user")]
    [InlineData("akka://sys/user/a#x")]
    public void Bad_paths_are_refused(string text)
    {
        Assert.False(ActorPath.TryParse(text, out _));
        Assert.Throws<UriFormatException>(() => ActorPath.Parse(text));
    }

    [Fact]
    public void Parents_children_and_depth()
    {
        var root = new RootActorPath(new Address("akka", "sys"));
        var path = root / "user" / "a";
        Assert.Equal(2, path.Depth);
        Assert.Equal(root, path.Root);
        Assert.Equal(root / "user", path.Parent);
        Assert.Equal(root / "user", path.ParentOf(-1));
        Assert.Equal(root / ["user", "a"], path);
        Assert.Equal("/user/a", path.ToStringWithoutAddress());
        Assert.Equal("akka.tcp://sys@h:1/user/a", path.ToStringWithAddress(new Address("akka.tcp", "sys", "h", 1)));
    }

    [Theory]
    [InlineData("worker-1", true)]
    [InlineData("a%20b", true)]
    [InlineData("a.b_c+d", true)]
    [InlineData("", false)]
    [InlineData("$a", false)]
    [InlineData("a/b", false)]
    [InlineData("a#b", false)]
    [InlineData("a%2", false)]
    [InlineData("ä", false)]
    public void Names_are_checked(string name, bool valid) => Assert.Equal(valid, ActorPath.IsValidPathElement(name));

    [Fact]
    public void Addresses_compare_and_parse()
    {
        var address = Address.Parse("akka.tcp://sys@Host:2552");
        Assert.Equal(new Address("akka.tcp", "sys", "host", 2552), address);
        Assert.Equal("sys@host:2552", address.HostPort());
        Assert.True(address.HasGlobalScope);
        Assert.Throws<UriFormatException>(() => Address.Parse("sys@host"));
        Assert.True(new Address("akka", "a") != new Address("akka", "b"));
    }
}
