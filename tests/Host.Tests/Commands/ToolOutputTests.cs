using Actors.Host.Commands;

namespace Host.Tests.Commands;

/// <summary>A terminal gets tables and colours, a pipe plain text.</summary>
public sealed class ToolOutputTests
{
    private static string Write(bool isTerminal, string? noColor = null, string term = "xterm-256color")
    {
        var writer = new StringWriter();
        var invocation = new ToolInvocation { Output = writer, OutputIsTerminal = isTerminal, Environment = name => name switch { "NO_COLOR" => noColor, "TERM" => term, _ => null } };
        var table = new ToolTable("NAME", "PEERS");
        table.Add("sink", "2");
        table.Add("a longer one [1]", "10");
        new ToolOutput(invocation, isJson: false).Write(table);
        return writer.ToString();
    }

    [Fact]
    public void A_pipe_gets_aligned_columns_and_nothing_else() => Assert.Equal(
        string.Join(Environment.NewLine, "NAME              PEERS", "sink              2", "a longer one [1]  10", ""), Write(isTerminal: false));

    [Fact]
    public void A_terminal_gets_a_table_with_lines()
    {
        var table = Write(isTerminal: true);

        Assert.Contains("│ a longer one [1] │ 10", table, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1", "xterm-256color")]
    [InlineData(null, "dumb")]
    public void No_color_and_a_dumb_terminal_get_no_colours(string? noColor, string term) => Assert.DoesNotMatch("\u001b\\[[0-9;]*3[0-9]", Write(isTerminal: true, noColor, term));

    [Fact]
    public void A_line_of_a_stranger_is_escaped_on_a_terminal_and_whole_in_a_pipe()
    {
        static string Line(bool isTerminal)
        {
            var writer = new StringWriter();
            new ToolOutput(new ToolInvocation { Output = writer, OutputIsTerminal = isTerminal }, isJson: false).WriteLine("a\u001b[2Jb");
            return writer.ToString().TrimEnd();
        }

        Assert.Equal(("a\\u001b[2Jb", "a\u001b[2Jb"), (Line(isTerminal: true), Line(isTerminal: false)));
    }
}
