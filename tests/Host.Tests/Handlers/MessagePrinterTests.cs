using Actors.Hosting.Handlers;
using Actors.Transport;

namespace Host.Tests.Handlers;

/// <summary>What is printed for a message, on a terminal and elsewhere.</summary>
public sealed class MessagePrinterTests
{
    private const string Hostile = "\u001b[2J\u0007a\tb\r\nc\u009b\u202ed";

    [Fact]
    public void On_a_terminal_control_characters_of_a_peer_are_shown()
    {
        var terminal = new StringWriter();
        new MessagePrinter(new TerminalWriter(terminal), "got\t{text}\u0007").Print(Message.FromText(Hostile));

        Assert.Equal($"got\t\\u001b[2J\\u0007a\tb\\r\\nc\\u009b\\u202ed\u0007{Environment.NewLine}", terminal.ToString());
    }

    [Fact]
    public void Elsewhere_a_message_stays_as_it_is()
    {
        var file = new StringWriter();
        new MessagePrinter(file, "{text}").Print(Message.FromText(Hostile));

        Assert.Equal($"{Hostile}{Environment.NewLine}", file.ToString());
    }

    [Fact]
    public void A_failure_is_one_line_on_standard_error()
    {
        var output = new StringWriter();
        var errors = new StringWriter();
        new MessagePrinter(output, "{text}", errors).Failed(new InvalidOperationException("the server said\n\u001b[31mno"));

        Assert.Equal(("", $"failed: the server said\\n\\u001b[31mno{Environment.NewLine}"), (output.ToString(), errors.ToString()));
    }
}
