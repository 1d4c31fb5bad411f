using Actors.Zmtp.Tests.BytePeer;
using Actors.Zmtp.Tests.Interop;
using Actors.Zmtp.Tests.Protocol;

namespace Actors.Zmtp.Tests.Alone.Zap;

/// <summary>Servers and clients of PLAIN, as a byte peer meets them: https://rfc.zeromq.org/spec/24/.</summary>
[Collection(AloneCollection.Name)]
public class PlainBytesTests
{
    private const string Plain = "504c41494e 000000 00000000 00000000 00000000";
    private const string ServerGreeting = RawPeer.FirstPart + "01" + Plain + "01" + RawPeer.Filler;
    private const string ClientGreeting = RawPeer.FirstPart + "01" + Plain + "00" + RawPeer.Filler;
    private const string Hello = "04 13 05 48454c4c4f 05 61646d696e 06 736563726574";
    private const string Welcome = "04 08 07 57454c434f4d45";
    private const string PushProperties = "0b 536f636b65742d54797065 00000004 50555348";
    private const string PullProperties = "0b 536f636b65742d54797065 00000004 50554c4c";
    private const string Initiate = "04 1d 08 494e495449415445" + PushProperties;
    private const string Ready = "04 1a 05 5245414459";
    private const string ErrorOf400 = "04 0a 05 4552524f52 03 343030";

    private static PullSocket Server()
    {
        var ours = new PullSocket();
        ours.Options.PlainServer = true;
        return ours;
    }

    private static RawPeer Greeted(ZmqSocket ours)
    {
        var peer = RawPeer.ConnectTo(ours);
        peer.Send(ClientGreeting);
        peer.Expect(ServerGreeting);
        return peer;
    }

    /// <summary>A PUSH that is a client of PLAIN, and its connection.</summary>
    private static RawPeer Accepted(RawListener listener, PushSocket ours)
    {
        ours.Options.PlainUsername = "admin";
        ours.Options.PlainPassword = "secret";
        ours.Options.Linger = TimeSpan.Zero;
        ours.Connect(listener.Endpoint);
        var peer = RawPeer.Accept(listener);
        peer.Send(ServerGreeting);
        peer.Expect(ClientGreeting + Hello);
        return peer;
    }

    [Fact]
    public void A_server_answers_HELLO_with_WELCOME_and_INITIATE_with_READY()
    {
        using var handler = new ZapHandler();
        using var ours = Server();
        using var peer = Greeted(ours);
        peer.Send(Hello);
        var request = handler.Request();
        Assert.Equal(8, request.Count);
        Assert.Equal("global"u8.ToArray(), request[2]);
        Assert.Equal("127.0.0.1"u8.ToArray(), request[3]);
        Assert.Equal("PLAIN"u8.ToArray(), request[5]);
        Assert.Equal("admin"u8.ToArray(), request[6]);
        Assert.Equal("secret"u8.ToArray(), request[7]);
        Assert.False(peer.HasOctets(TimeSpan.FromMilliseconds(100)));
        handler.Reply(request, "200");
        peer.Expect(Welcome);
        peer.Send(Initiate);
        peer.Expect(Ready + PullProperties);
        peer.Send("00 01 61");
        Expect.Message(ours, "61");
    }

    [Fact]
    public void A_client_may_send_everything_at_once()
    {
        using var handler = new ZapHandler();
        using var ours = Server();
        using var peer = Greeted(ours);
        peer.Send(Hello + Initiate + "01 01 61 00 01 62");
        handler.Answer("200");
        peer.Expect(Welcome + Ready + PullProperties);
        Expect.Message(ours, "61,62");
    }

    [Theory]
    [InlineData("400", ErrorOf400)]
    [InlineData("500", "04 0a 05 4552524f52 03 353030")]
    [InlineData("300", "")]
    public void A_client_that_is_not_let_in_gets_an_ERROR_unless_it_may_come_again(string code, string error)
    {
        using var handler = new ZapHandler();
        using var ours = Server();
        using var peer = Greeted(ours);
        peer.Send(Hello);
        handler.Answer(code);
        peer.Expect(error);
        peer.ExpectEndWithoutAWord();
    }

    [Fact]
    public void Without_a_handler_nobody_is_let_in()
    {
        using var ours = Server();
        using var peer = Greeted(ours);
        peer.Send(Hello);
        peer.ExpectEndWithoutAWord();
    }

    [Theory]
    [InlineData("04 06 05 48454c4c4f")]
    [InlineData("04 0c 05 48454c4c4f 05 61646d696e")]
    [InlineData("04 12 05 48454c4c4f 05 61646d696e 06 7365637265")]
    [InlineData("04 14 05 48454c4c4f 05 61646d696e 06 736563726574 00")]
    [InlineData(Initiate)]
    [InlineData("04 06 05 5245414459")]
    public void What_is_no_HELLO_gets_an_ERROR_and_does_not_reach_the_handler(string octets)
    {
        using var handler = new ZapHandler();
        using var ours = Server();
        using var peer = Greeted(ours);
        peer.Send(octets);
        Assert.Equal("\u0005ERROR"u8.ToArray(), peer.ReadFrame().Body[..6]);
        peer.ExpectEndWithoutAWord();
        Assert.True(handler.HasNoRequest);
    }

    [Theory]
    [InlineData(Hello)]
    [InlineData("04 0a 08 494e495449415445 00")]
    [InlineData("04 1c 08 494e495449415445 0b 536f636b65742d54797065 00000003 505542")]
    public void What_is_no_INITIATE_or_of_a_wrong_socket_type_gets_an_ERROR(string octets)
    {
        using var handler = new ZapHandler();
        using var ours = Server();
        using var peer = Greeted(ours);
        peer.Send(Hello);
        handler.Answer("200");
        peer.Expect(Welcome);
        peer.Send(octets);
        Assert.Equal("\u0005ERROR"u8.ToArray(), peer.ReadFrame().Body[..6]);
        peer.ExpectEndWithoutAWord();
    }

    [Fact]
    public void A_peer_of_NULL_or_another_server_is_turned_away()
    {
        using var ours = Server();
        ours.Options.Linger = TimeSpan.Zero;
        var port = ours.BindRandomPort("tcp://127.0.0.1");
        foreach (var greeting in new[] { RawPeer.FirstPart + RawPeer.SecondPart, ServerGreeting })
        {
            using var peer = RawPeer.ConnectTo(port);
            peer.Send(greeting);
            peer.Expect(ServerGreeting);
            peer.ExpectEndWithoutAWord();
        }
    }

    [Fact]
    public void A_client_says_HELLO_and_answers_WELCOME_with_INITIATE()
    {
        using var listener = new RawListener();
        using var ours = new PushSocket();
        using var peer = Accepted(listener, ours);
        peer.Send(Welcome);
        peer.Expect(Initiate);
        Expect.Sent(ours, "61");
        Assert.False(peer.HasOctets(TimeSpan.FromMilliseconds(100)));
        peer.Send(Ready + PullProperties);
        peer.Expect("00 01 61");
    }

    [Theory]
    [InlineData(Ready + PullProperties)]
    [InlineData("04 09 07 57454c434f4d45 00")]
    [InlineData(Hello)]
    [InlineData("04 07 05 4552524f52 05")]
    public void A_client_leaves_without_a_word_who_does_not_answer_with_WELCOME_and_comes_again(string octets)
    {
        using var listener = new RawListener();
        using var ours = new PushSocket();
        ours.Options.ReconnectInterval = TimeSpan.FromMilliseconds(20);
        using (var peer = Accepted(listener, ours))
        {
            peer.Send(octets);
            peer.ExpectEndWithoutAWord();
        }

        using var again = RawPeer.Accept(listener);
        again.Send(ServerGreeting);
        again.Expect(ClientGreeting + Hello);
    }

    [Theory]
    [InlineData(ErrorOf400)]
    [InlineData(Welcome + ErrorOf400)]
    public void A_client_that_gets_an_ERROR_does_not_come_again_with_the_same_credentials(string octets)
    {
        using var listener = new RawListener();
        using var ours = new PushSocket();
        ours.Options.ReconnectInterval = TimeSpan.FromMilliseconds(20);
        using (var peer = Accepted(listener, ours))
        {
            peer.Send(octets);
            peer.ExpectEnd();
        }

        Assert.False(listener.HasConnection(TimeSpan.FromMilliseconds(500)));
    }
}
