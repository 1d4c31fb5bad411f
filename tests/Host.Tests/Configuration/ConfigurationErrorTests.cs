using Actors.Hosting.Configuration;

namespace Host.Tests.Configuration;

/// <summary>Every mistake names the file, the line, the key, what is wrong and what was expected.</summary>
public sealed class ConfigurationErrorTests : IDisposable
{
    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    private HostPlan Read(string text, string[]? roles = null, string[]? overrides = null)
    {
        var file = _files.Write("test.conf", text);
        return PlanReader.Read(ConfigFile.Load(file, overrides ?? []), roles ?? [], TextWriter.Null);
    }

    private ConfigError Error(string text, string[]? roles = null, string[]? overrides = null) =>
        Assert.Single(Assert.Throws<ConfigException>(() => Read(text, roles, overrides)).Errors);

    private static string Server(string keys) => $$"""
        roles {
          server {
            pattern = reply
            {{keys}}
          }
        }
        """;

    private const string Handler = "handler { type = echo }";

    [Theory]
    [InlineData("tcp://*:5555")]
    [InlineData("ipc:///tmp/server")]
    [InlineData("ws://*:8080/zeromq")]
    public void A_correct_file_has_no_errors(string endpoint)
    {
        var plan = Read(Server($"bind = \"{endpoint}\"\n{Handler}"), overrides: ["actors.transport.engine=zmtp"]);

        Assert.Equal("zmtp", plan.Engine);
        Assert.Equal(["server"], plan.Roles.Select(role => role.Name));
        Assert.Equal([endpoint], plan.Roles[0].Endpoints);
    }

    [Fact]
    public void The_engine_is_netmq_unless_the_file_says_otherwise() => Assert.Equal("netmq", Read(Server($"bind = \"tcp://*:1\"\n{Handler}")).Engine);

    [Theory]
    [InlineData("bind = \"ipc:///tmp/server\"", "roles.server.bind", "ipc")]
    [InlineData("connect = [\"tcp://host:1\", \"ws://host:80/\"]", "roles.server.connect", "ws")]
    [InlineData("queue { connect = \"ws://host:80/\" }", "roles.server.queue.connect", "ws")]
    public void An_endpoint_that_the_engine_has_no_transport_for_names_the_engine_that_has_it(string keys, string key, string scheme)
    {
        var error = Error(Server($"{Handler}\n{keys}"));

        Assert.Equal(5, error.Origin.Line);
        Assert.Equal(key, error.Key);
        Assert.Contains($"the engine netmq has no transport {scheme}: expected tcp, inproc, or actors.transport.engine = zmtp", error.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pattern = router, bind = \"tcp://*:1\", handler { type = echo }, source { type = ticker, text = \"lonely\" }", "source.text", "has one frame: expected the routing id")]
    [InlineData("pattern = router, bind = \"tcp://*:1\", handler { type = echo }, source { type = stdin }", "source.separator", "divides the routing id of the peer")]
    [InlineData("pattern = pair, bind = [\"tcp://*:1\", \"tcp://*:2\"], handler { type = echo }", "bind", "expected one, because a pair has one peer")]
    [InlineData("pattern = dealer, connect = \"tcp://host:1\"", "handler", "is missing: expected a section with the handler's type")]
    [InlineData("pattern = dealer, connect = \"tcp://host:1\", handler { type = echo }, handover = on", "handover", "unknown key")]
    [InlineData("pattern = streamer, frontend { bind = \"tcp://*:1\" }, backend { }", "backend.bind", "expected at least one endpoint")]
    [InlineData("pattern = forwarder, frontend { bind = \"ipc:///tmp/x\" }, backend { bind = \"tcp://*:2\" }", "frontend.bind", "has no transport ipc")]
    [InlineData("pattern = forwarder, frontend { bind = \"tcp://*:1\" }, backend { bind = \"tcp://*:2\" }, capture { bind = \"tcp://*:3\", type = pull }", "capture.type", "expected one of publish, push")]
    [InlineData("pattern = forwarder, frontend { bind = \"tcp://*:1\" }, backend { bind = \"tcp://*:2\", inbound-window = 5 }", "backend.inbound-window", "unknown key")]
    public void A_mistake_in_a_direct_role_or_a_proxy_names_its_key_and_what_was_expected(string keys, string key, string expected)
    {
        var error = Error($"roles {{ role {{ {keys} }} }}");

        Assert.Equal($"roles.role.{key}", error.Key);
        Assert.Contains(expected, error.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("actors.transport = 5", "actors.transport", "expected a section")]
    [InlineData("actors.transport.engin = zmtp", "actors.transport.engin", "did you mean \"engine\"?")]
    [InlineData("actors.transport.engine = libzmq", "actors.transport.engine", "expected one of netmq, zmtp")]
    [InlineData("actors.transport.pollers = 0", "actors.transport.pollers", "expected from 1 to 1024")]
    [InlineData("actors.transport.poller-dispatcher.throughput = none", "actors.transport.poller-dispatcher.throughput", "expected a whole number")]
    public void A_mistake_in_the_settings_of_the_transport_names_its_line_and_what_was_expected(string setting, string key, string expected)
    {
        var error = Error($"{setting}\n{Server($"bind = \"tcp://*:1\"\n{Handler}")}");

        Assert.Equal(1, error.Origin.Line);
        Assert.Equal(key, error.Key);
        Assert.Contains(expected, error.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ws://*:8080/a path", "expected printable ASCII")]
    [InlineData("wss://*:8080/", "asks for TLS")]
    [InlineData("http://*:8080/", "unknown transport \"http\"")]
    public void A_malformed_endpoint_names_its_line_and_what_was_expected(string endpoint, string expected)
    {
        var error = Error(Server($"{Handler}\nbind = \"{endpoint}\""));

        Assert.Equal(5, error.Origin.Line);
        Assert.Equal("roles.server.bind", error.Key);
        Assert.Contains(expected, error.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_key_names_the_nearest_known_one()
    {
        var error = Error(Server($"bidn = \"tcp://*:5555\"\nconnect = \"tcp://localhost:1\"\n{Handler}"));

        Assert.EndsWith("test.conf", error.Origin.Source, StringComparison.Ordinal);
        Assert.Equal(4, error.Origin.Line);
        Assert.Equal("roles.server.bidn", error.Key);
        Assert.Contains("did you mean \"bind\"?", error.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("max-in-flight = many", "roles.server.max-in-flight", "a whole number")]
    [InlineData("max-in-flight = 0", "roles.server.max-in-flight", "expected 1 or more")]
    [InlineData("linger = soon", "roles.server.linger", "a duration")]
    [InlineData("max-message-size = big", "roles.server.max-message-size", "a size in bytes")]
    [InlineData("linger { a = 1 }", "roles.server.linger", "a duration")]
    [InlineData("handler-timeout = 0s", "roles.server.handler-timeout", "more than 0 ms")]
    public void A_value_of_the_wrong_type_or_range_says_what_was_expected(string line, string key, string expected)
    {
        var error = Error(Server($"{line}\nbind = \"tcp://*:5555\"\n{Handler}"));

        Assert.Equal(key, error.Key);
        Assert.Equal(4, error.Origin.Line);
        Assert.Contains(expected, error.Fault, StringComparison.Ordinal);
    }

    private void AssertNamed(string text, string key, string expected)
    {
        var error = Error(text);
        Assert.Equal(key, error.Key);
        Assert.Contains(expected, error.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("retain = all", "roles.publisher.retain", "one of none, last, window")]
    [InlineData("retained { count = 3 }", "roles.publisher.retained", "expected retain = last or retain = window")]
    [InlineData("retain = window", "roles.publisher.retained.bind", "expected at least one endpoint")]
    [InlineData("retain = window, retained { bind = \"tcp://*:1\", count = 0 }", "roles.publisher.retained.count", "expected 1 or more")]
    [InlineData("retain = window, retained { bind = \"tcp://*:1\", size = 3 }", "roles.publisher.retained.size", "unknown key")]
    [InlineData("retain = window, retained { bind = \"tcp://*:1\", connect = \"tcp://a:1\" }", "roles.publisher.retained.connect", "subscribers connect")]
    [InlineData("retain = window, retained { bind = \"tcp://*:1\", heartbeat-timeout = 1s }", "roles.publisher.retained.heartbeat-timeout", "at least twice the heartbeat-interval")]
    [InlineData("retain = window, retained { bind = \"tcp://*:1\", slow-subscriber = wait }", "roles.publisher.retained.slow-subscriber", "one of drop, disconnect")]
    [InlineData("retain = window, retained { bind = \"tcp://*:1\", sessions = 0 }", "roles.publisher.retained.sessions", "expected 1 or more")]
    [InlineData("source { type = stdin, separator = \"\" }", "roles.publisher.source.separator", "at least one character")]
    [InlineData("retain = window, retained { bind = \"tcp://*:1\", age = 0s }", "roles.publisher.retained.age", "more than 0 ms")]
    public void A_mistake_in_what_is_retained_is_named(string key, string path, string expected) =>
        AssertNamed($"roles {{ publisher {{ pattern = publish, bind = \"tcp://*:5555\", {key} }} }}", path, expected);

    [Theory]
    [InlineData("delivery = kept, connect = \"tcp://a:1\"", "roles.subscriber.delivery", "one of plain, retained")]
    [InlineData("delivery = retained, bind = \"tcp://*:1\"", "roles.subscriber.bind", "expected only \"connect\"")]
    [InlineData("delivery = retained, connect = \"tcp://a:1\", confirm-timeout = 1s", "roles.subscriber.confirm-timeout", "a key of delivery = plain")]
    [InlineData("connect = \"tcp://a:1\", retained { heartbeat-timeout = 1s }", "roles.subscriber.retained", "expected delivery = retained")]
    public void A_mistake_in_a_subscription_is_named(string key, string path, string expected) =>
        AssertNamed($"roles {{ subscriber {{ pattern = subscribe, handler {{ type = console }}, {key} }} }}", path, expected);

    [Theory]
    [InlineData("delivery = sure", "roles.push.delivery", "one of plain, acknowledged")]
    [InlineData("acknowledged { max-tries = 3 }", "roles.push.acknowledged", "expected delivery = acknowledged")]
    [InlineData("delivery = acknowledged, acknowledged { max-tries = 0 }", "roles.push.acknowledged.max-tries", "expected 1 or more")]
    [InlineData("delivery = acknowledged, acknowledged { max-trys = 3 }", "roles.push.acknowledged.max-trys", "did you mean \"max-tries\"?")]
    [InlineData("delivery = acknowledged, acknowledged { credit = 3 }", "roles.push.acknowledged.credit", "the section of a push role has")]
    [InlineData("delivery = acknowledged, acknowledged { heartbeat-timeout = 1s }", "roles.push.acknowledged.heartbeat-timeout", "at least twice the heartbeat-interval")]
    [InlineData("delivery = acknowledged, outbound { overflow = drop-oldest }", "roles.push.outbound.overflow", "expected backpressure or fail")]
    [InlineData("journal = sqlite, journal-file = j", "roles.push.journal", "expected delivery = acknowledged")]
    [InlineData("delivery = acknowledged, journal = sqlite, journal-file = \"\"", "roles.push.journal-file", "expected the path of a file")]
    [InlineData("delivery = acknowledged, journal = paper, journal-file = j", "roles.push.journal", "one of none, sqlite")]
    [InlineData("delivery = acknowledged, journal = sqlite, journal-file = j, journal-sync = off", "roles.push.journal-sync", "one of full, normal")]
    [InlineData("delivery = acknowledged, journal = sqlite, journal-file = j, journal-max-size = 1KiB", "roles.push.journal-max-size", "65536")]
    public void A_mistake_in_the_delivery_says_what_was_expected(string line, string key, string expected)
    {
        var error = Error($"roles {{\n  push {{\n    pattern = push\n    {line}\n    bind = \"tcp://*:5555\"\n  }}\n}}");

        Assert.Equal(key, error.Key);
        Assert.Equal(4, error.Origin.Line);
        Assert.Contains(expected, error.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("servers { bind = \"tcp://*:1\" }, redeliver = sometimes", "roles.queue.redeliver", "one of identified, always, never")]
    [InlineData("servers { bind = \"tcp://*:1\" }, capacity = 0", "roles.queue.capacity", "expected 1 or more")]
    [InlineData("servers { bind = \"tcp://*:1\" }, try-timeout = 0s", "roles.queue.try-timeout", "more than 0 ms")]
    [InlineData("servers { bind = \"tcp://*:1\" }, heartbeat-timeout = 1s", "roles.queue.heartbeat-timeout", "at least twice the heartbeat-interval")]
    [InlineData("servers { bind = \"tcp://*\" }", "roles.queue.servers.bind", "has no port")]
    [InlineData("servers { bind = \"tcp://*:1\", max-in-flight = 2 }", "roles.queue.servers.max-in-flight", "the servers socket has")]
    [InlineData("plain-servers { connect = \"tcp://a:1\", max-in-flight = 0 }", "roles.queue.plain-servers.max-in-flight", "expected 1 or more")]
    [InlineData("remember = 5", "roles.queue.servers", "at least one of them")]
    public void A_mistake_in_a_queue_says_what_was_expected(string line, string key, string expected)
    {
        var error = Error($"roles {{\n  queue {{\n    pattern = queue\n    {line}\n    clients {{ bind = \"tcp://*:5555\" }}\n  }}\n}}");

        Assert.Equal(key, error.Key);
        Assert.Contains(expected, error.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("once-age = 0s", "roles.server.once-age", "more than 0 ms")]
    [InlineData("once-age = old", "roles.server.once-age", "a duration")]
    [InlineData("once-capacity = 0", "roles.server.once-capacity", "expected 1 or more")]
    [InlineData("once = perhaps", "roles.server.once", "on or off")]
    [InlineData("queue { heartbeat-interval = 1s }", "roles.server.queue.connect", "is missing")]
    [InlineData("queue { connect = \"tcp://*:1\" }", "roles.server.queue.connect", "connects to \"*\"")]
    [InlineData("queue { conect = \"tcp://a:1\", connect = \"tcp://a:1\" }", "roles.server.queue.conect", "did you mean \"connect\"?")]
    public void A_mistake_in_a_reply_role_says_what_was_expected(string line, string key, string expected)
    {
        var error = Error(Server($"{line}\nbind = \"tcp://*:5555\"\n{Handler}"));

        Assert.Equal(key, error.Key);
        Assert.Contains(expected, error.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("retries = -1", "retries", "expected 0 or more")]
    [InlineData("retry-interval = 0s", "retry-interval", "from 1 to")]
    [InlineData("retry-interval = 2s, retry-interval-max = 1s", "retry-interval-max", "from 2000 to")]
    [InlineData("try-timeout = never", "try-timeout", "a duration")]
    [InlineData("delivery = once", "delivery", "one of plain, acknowledged")]
    [InlineData("routing-id = me", "routing-id", "max-in-flight above 1 or delivery = acknowledged")]
    public void A_mistake_in_a_request_role_says_what_was_expected(string line, string key, string expected)
    {
        var error = Error($"roles {{\n  client {{\n    pattern = request\n    {line}\n    connect = \"tcp://localhost:5555\"\n  }}\n}}");

        Assert.Equal($"roles.client.{key}", error.Key);
        Assert.Equal(4, error.Origin.Line);
        Assert.Contains(expected, error.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_of_a_queue_needs_no_endpoint_of_its_own()
    {
        var plan = Read(Server($"queue {{ connect = [\"tcp://one:1\", \"tcp://two:2\"] }}\n{Handler}"));

        Assert.Equal(["tcp://one:1", "tcp://two:2"], plan.Roles[0].Endpoints);
    }

    [Fact]
    public void A_journal_needs_a_file()
    {
        var error = Error("roles {\n  push {\n    pattern = push\n    delivery = acknowledged\n    journal = sqlite\n    bind = \"tcp://*:5555\"\n  }\n}");

        Assert.Equal("roles.push.journal-file", error.Key);
        Assert.Contains("is missing: expected a text, the path of the database", error.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_journal_belongs_to_one_role()
    {
        const string Keys = "pattern = push, delivery = acknowledged, bind = \"tcp://*:5555\", journal = sqlite";
        var error = Error($"roles {{\n  a {{ {Keys}, journal-file = j }}\n  b {{ {Keys}, journal-file = \"./j\" }}\n}}");

        Assert.Equal(("roles.b.journal-file", 3), (error.Key, error.Origin.Line));
        Assert.Contains("is the journal of a already", error.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_endpoint_names_its_line()
    {
        var error = Error(Server($"{Handler}\nbind = \"tcp://*\""));

        Assert.Equal(5, error.Origin.Line);
        Assert.Equal("roles.server.bind", error.Key);
        Assert.Contains("has no port", error.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_role_without_an_endpoint_is_told() => Assert.Contains("at least one endpoint", Error(Server(Handler)).Fault, StringComparison.Ordinal);

    [Fact]
    public void A_role_without_its_handler_is_told()
    {
        var error = Error(Server("bind = \"tcp://*:5555\""));

        Assert.Equal("roles.server.handler", error.Key);
        Assert.Contains("is missing", error.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_pattern_lists_the_known_ones()
    {
        var error = Error("roles { server { pattern = replay } }");

        Assert.Equal("roles.server.pattern", error.Key);
        Assert.Contains("request, reply, publish, subscribe, push, pull, worker, queue", error.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_role_names_the_nearest_one()
    {
        var error = Error(Server($"bind = \"tcp://*:5555\"\n{Handler}"), roles: ["sever"]);

        Assert.Equal("--role: sever: ", error.ToString()[..15]);
        Assert.Contains("did you mean \"server\"?", error.Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("type = ecco", "did you mean \"echo\"?")]
    [InlineData("type = \"No.Such.Handler, Nowhere\"", "does not exist")]
    [InlineData("type = \"System.String, System.Private.CoreLib\"", "is not an actor class")]
    [InlineData("type = \"No.Such.Handler\", assembly = \"nowhere.dll\"", "cannot be loaded")]
    [InlineData("type = constant", "is missing")]
    [InlineData("type = echo, print = \"{texxt}\"", "unknown placeholder {texxt}")]
    public void A_handler_that_cannot_be_made_is_told(string handler, string expected) =>
        Assert.Contains(expected, Error(Server($"bind = \"tcp://*:5555\"\nhandler {{ {handler} }}")).Fault, StringComparison.Ordinal);

    [Fact]
    public void A_missing_file_is_told() =>
        Assert.Contains("there is no file", Assert.Throws<ConfigException>(() => ConfigFile.Load("/nowhere/at-all.conf", [])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_include_that_is_required_names_the_line_of_the_include()
    {
        var error = Error($"{Server($"bind = \"tcp://*:5555\"\n{Handler}")}\ninclude required(\"missing.conf\")");

        Assert.Equal(8, error.Origin.Line);
        Assert.Matches("cannot include \"missing.conf\": there is no file \".*missing.conf\"", error.Fault);
    }

    [Fact]
    public void An_error_in_an_included_file_names_that_file()
    {
        _files.Write("parts/socket.conf", "\n\nlingre = 1s");
        var file = _files.Write("main.conf", Server($"bind = \"tcp://*:5555\"\n{Handler}\ninclude \"parts/socket.conf\""));

        var error = Assert.Single(Assert.Throws<ConfigException>(() => PlanReader.Read(ConfigFile.Load(file, []), [], TextWriter.Null)).Errors);
        Assert.EndsWith("socket.conf", error.Origin.Source, StringComparison.Ordinal);
        Assert.Equal(3, error.Origin.Line);
        Assert.Equal("roles.server.lingre", error.Key);
    }

    [Fact]
    public void A_syntax_error_names_the_line()
    {
        var error = Assert.Single(Assert.Throws<ConfigException>(() => Read("roles {\n  server = [1, 2\n}\n")).Errors);

        Assert.EndsWith("test.conf", error.Origin.Source, StringComparison.Ordinal);
        Assert.Equal(3, error.Origin.Line);
        Assert.Equal("column 1: found '}', expected ']' to close the '[' of line 2, column 12", error.Fault);
    }

    [Fact]
    public void A_file_that_includes_itself_is_told()
    {
        var file = _files.Write("self.conf", "include \"self.conf\"");

        Assert.Equal($"{file}:1: cannot include \"self.conf\": the file includes itself: {file} -> {file}", Assert.Throws<ConfigException>(() => ConfigFile.Load(file, [])).Message);
    }

    [Fact]
    public void All_mistakes_are_named_at_once()
    {
        var errors = Assert.Throws<ConfigException>(() => Read("roles { a { pattern = reply, x = 1 }, b { pattern = push, y = 2 } }\nz = 3")).Errors;

        Assert.Contains(errors, error => error.Key == "z");
        Assert.Contains(errors, error => error.Key == "roles.a.x");
        Assert.Contains(errors, error => error.Key == "roles.a.handler");
        Assert.Contains(errors, error => error.Key == "roles.b.y");
    }

    [Fact]
    public void An_override_replaces_a_key_and_is_the_origin_of_its_mistakes()
    {
        var text = Server($"bind = \"tcp://*:5555\"\n{Handler}");

        Assert.Equal(["tcp://127.0.0.1:7"], Read(text, overrides: ["roles.server.bind=tcp://127.0.0.1:7"]).Roles[0].Endpoints);
        Assert.Equal("--set roles.server.bind=nonsense", Error(text, overrides: ["roles.server.bind=nonsense"]).Origin.ToString());
        Assert.Contains("KEY=VALUE", Error(text, overrides: ["roles"]).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_and_includes_serve_several_roles()
    {
        _files.Write("ports.conf", "variables { host = \"127.0.0.1\" }");
        var plan = Read($$"""
            include "ports.conf"
            roles {
              a { pattern = reply, bind = "tcp://"${variables.host}":1", {{Handler}} }
              b { pattern = pull, bind = ["tcp://"${variables.host}":2"], {{Handler}} }
            }
            """);

        Assert.Equal(["tcp://127.0.0.1:1", "tcp://127.0.0.1:2"], plan.Roles.SelectMany(role => role.Endpoints));
    }
}
