using System.Text;
using Actors.Host.Commands;
using Actors.Host.Messaging.Frames;
using Host.Tests.Running;

namespace Host.Tests.Messaging;

/// <summary>Frames as text, hex, JSON, files and templates.</summary>
public sealed class MessageFramesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, 5, TimeSpan.Zero);

    [Theory]
    [InlineData("tick {n}", "tick 7")]
    [InlineData("{\"n\":{n},\"of\":{\"x\":[]}}", "{\"n\":7,\"of\":{\"x\":[]}}")]
    [InlineData("{{n}", "{n}")]
    [InlineData("{time} {unix}", "2026-01-31T12:00:00.005000Z 1769860800005")]
    public void A_template_fills_in_its_fields_and_leaves_other_braces(string template, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(new MessageTemplate(template).Render(7, Now)));

    [Fact]
    public void A_template_makes_random_text_of_a_length_anew_for_each_message()
    {
        var template = new MessageTemplate("{random:40}");

        var (one, other) = (template.Render(1, Now), template.Render(2, Now));

        Assert.Equal((40, 40), (one.Length, other.Length));
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void A_template_of_a_reply_has_the_request() =>
        Assert.Equal("got a b of 2 bytes", Encoding.UTF8.GetString(new MessageTemplate("got {text} of {size} bytes", isReply: true).Render(1, Now, ["a"u8.ToArray(), "b"u8.ToArray()])));

    [Theory]
    [InlineData("{nn}")]
    [InlineData("{random:99999999999}")]
    [InlineData("{text}")]
    public void An_unknown_field_is_named_with_the_known_ones(string template)
    {
        var fault = Assert.Throws<ToolException>(() => new MessageTemplate(template));

        Assert.Equal(ExitCode.Misconfigured, fault.Code);
        Assert.Contains($"unknown field {template}: expected {{n}}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_in_JSON_is_read_as_it_was_written()
    {
        ReadOnlyMemory<byte>[] message = ["grüße\n"u8.ToArray(), new byte[] { 0xff, 0x00 }, Array.Empty<byte>()];
        var line = new MemoryStream();

        FrameJson.Write(line, message, Now);

        Assert.Equal("{\"at\":\"2026-01-31T12:00:00.005Z\",\"frames\":[\"grüße\\n\",{\"hex\":\"FF00\"},\"\"]}", Encoding.UTF8.GetString(line.ToArray()));
        Assert.Equal(message.Select(frame => frame.ToArray()), FrameJson.Read(line.ToArray(), 1).Select(frame => frame.ToArray()));
    }

    [Theory]
    [InlineData("{\"frames\":[]}")]
    [InlineData("{\"frames\":[5]}")]
    [InlineData("[\"a\"")]
    [InlineData("{\"frames\":[{\"hex\":\"0\"}]}")]
    public void A_line_that_is_no_message_in_JSON_is_named_by_its_number(string line) =>
        Assert.StartsWith("line 3 of the input is no message in JSON: ", Assert.Throws<ToolException>(() => FrameJson.Read(Encoding.UTF8.GetBytes(line), 3)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("lines", null, "a\nb\n\nc", "61", "62", "", "63")]
    [InlineData("lines", "\t", "a\tb\nc\n", "61 62", "63")]
    [InlineData("whole", null, "a\nb\n", "610A620A")]
    [InlineData("hex", null, "00FF 01\n7a\n", "00FF 01", "7A")]
    [InlineData("json", null, "[\"a\",{\"hex\":\"00\"}]\n\"b\"\n", "61 00", "62")]
    public async Task Standard_input_is_read_as_messages(string kind, string? split, string input, params string[] expected)
    {
        var source = StandardInput.Source(new MemoryStream(Encoding.UTF8.GetBytes(input)), kind, split is null ? null : Encoding.UTF8.GetBytes(split), null, CancellationToken.None);

        var messages = new List<string>();
        await foreach (var message in source.Messages) messages.Add(string.Join(' ', message.Select(frame => Convert.ToHexString(frame.Span))));

        Assert.Equal(expected, messages);
    }

    [Theory]
    [InlineData("--hex is \"0\": expected pairs of hex digits", "--hex", "0")]
    [InlineData("--json is not JSON", "--json", "{")]
    [InlineData("--file cannot be read", "--file", "/no/such/file")]
    [InlineData("--input and --split are for messages from standard input", "a", "--split", ",")]
    [InlineData("there is no context \"nowhere\"", "a", "--context", "nowhere")]
    public async Task What_cannot_be_sent_is_refused_before_a_socket_is_opened(string expected, params string[] arguments)
    {
        var send = await HostCommand.RunUntilEnd(["send", "--connect", "tcp://127.0.0.1:1", .. arguments]);

        Assert.Equal((2, ""), (send.Code, send.Output));
        Assert.Contains(expected, Assert.Single(send.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_verb_that_is_misspelt_is_named_with_the_nearest_one()
    {
        var run = await HostCommand.RunUntilEnd("sned", "hello");

        Assert.Equal((2, "\"sned\" is neither a verb nor a file (did you mean \"send\"?): expected one of actors --help, or a HOCON file"), (run.Code, Assert.Single(run.Errors)));
    }
}
