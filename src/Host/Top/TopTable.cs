using System.Globalization;
using Actors.Host.Commands;
using Actors.Host.Status;
using Actors.Hosting.Handlers;
using Spectre.Console;

namespace Actors.Host.Top;

/// <summary>Draws a <see cref="TopSample"/>, so that 80 columns are enough.</summary>
internal static class TopTable
{
    private const int LongestName = 18;

    // Lines that are no rows: borders, headings, the line above and the line below.
    private const int OtherLines = 7;

    private static readonly (TopOrder Order, string Heading)[] s_columns =
    [
        (TopOrder.Role, "ROLE"), (TopOrder.State, "STATE"), (TopOrder.Peers, "PEERS"), (TopOrder.Received, "IN/s"), (TopOrder.Sent, "OUT/s"), (TopOrder.Waiting, "WAIT"), (TopOrder.Dropped, "DROPPED"),
    ];

    /// <summary>The rows in an order: names rise, numbers fall.</summary>
    public static IEnumerable<TopRow> Sorted(IEnumerable<TopRow> rows, TopOrder order) => order switch
    {
        TopOrder.State => rows.OrderBy(row => row.State).ThenBy(row => row.Role, StringComparer.Ordinal),
        TopOrder.Peers => rows.OrderByDescending(row => row.Peers),
        TopOrder.Received => rows.OrderByDescending(row => row.ReceivedPerSecond),
        TopOrder.Sent => rows.OrderByDescending(row => row.SentPerSecond),
        TopOrder.Waiting => rows.OrderByDescending(row => row.Waiting),
        TopOrder.Dropped => rows.OrderByDescending(row => row.DroppedPerSecond).ThenByDescending(row => row.DroppedInAll),
        _ => rows.OrderBy(row => row.Host, StringComparer.Ordinal).ThenBy(row => row.ProcessId),
    };

    /// <summary>For a pipe.</summary>
    public static ToolTable Plain(TopSample sample, TopOrder order)
    {
        var table = new ToolTable("PID", "HOST", "ROLE", "PATTERN", "STATE", "PEERS", "IN/s", "OUT/s", "WAITING", "DROPPED/s", "DROPPED");
        foreach (var row in Sorted(sample.Rows, order))
        {
            table.Add(
                Number(row.ProcessId), row.Host, row.Role, row.Pattern, StatusText.Of(row.State), Number(row.Peers), Rate(row.ReceivedPerSecond), Rate(row.SentPerSecond), Number(row.Waiting), Rate(row.DroppedPerSecond), Drops(row));
        }
        return table;
    }

    /// <summary>For a terminal.</summary>
    /// <param name="sample">What to draw.</param>
    /// <param name="order">Marked at its heading.</param>
    /// <param name="height">Lines of the terminal; rows that do not fit are counted below.</param>
    public static Table Live(TopSample sample, TopOrder order, int height)
    {
        var hosts = sample.Rows.Select(row => (row.Host, row.ProcessId)).Distinct().ToList();
        var table = new Table { Border = TableBorder.Rounded, Expand = true };
        table.Title = new TableTitle(Markup.Escape(string.Create(CultureInfo.InvariantCulture, $"{EscapedText.Of(Hosts(hosts))}  {sample.At.ToLocalTime():HH:mm:ss}")));
        foreach (var (column, heading) in s_columns)
        {
            var text = column == order ? $"[bold underline]{heading}[/]" : $"[bold]{heading}[/]";
            var added = new TableColumn(text) { Alignment = column is TopOrder.Role or TopOrder.State or TopOrder.Dropped ? Justify.Left : Justify.Right, NoWrap = column != TopOrder.Dropped };
            table.AddColumn(added);
        }
        var rows = Sorted(sample.Rows, order).ToList();
        var shown = Math.Max(1, height - OtherLines);
        foreach (var row in rows.Take(shown))
        {
            table.AddRow(
                Markup.Escape(Name(row, hosts.Count > 1)),
                State(row.State),
                Number(row.Peers),
                Short(row.ReceivedPerSecond),
                Short(row.SentPerSecond),
                row.Waiting > 0 ? $"[yellow]{Short(row.Waiting)}[/]" : "0",
                Coloured(row));
        }
        table.Caption = new TableTitle($"{(rows.Count > shown ? $"{rows.Count - shown} more role{(rows.Count - shown == 1 ? "" : "s")}; " : "")}arrows sort, q quits");
        return table;
    }

    /// <summary>In four digits or fewer: 999, 1.2k, 35k, 1.2M.</summary>
    public static string Short(double value) => value switch
    {
        < 9.95 and not 0 when value != Math.Floor(value) => value.ToString("0.0", CultureInfo.InvariantCulture),
        < 999.5 => value.ToString("0", CultureInfo.InvariantCulture),
        < 9_950 => (value / 1_000).ToString("0.0k", CultureInfo.InvariantCulture),
        < 999_500 => (value / 1_000).ToString("0k", CultureInfo.InvariantCulture),
        < 9_950_000 => (value / 1_000_000).ToString("0.0M", CultureInfo.InvariantCulture),
        < 999_500_000 => (value / 1_000_000).ToString("0M", CultureInfo.InvariantCulture),
        _ => (value / 1_000_000_000).ToString("0.0G", CultureInfo.InvariantCulture),
    };

    private static string Hosts(IReadOnlyList<(string Host, int ProcessId)> hosts) => hosts.Count switch
    {
        0 => "no roles",
        <= 3 => string.Join(", ", hosts.Select(host => $"{host.Host} ({host.ProcessId})")),
        _ => $"{hosts.Count} hosts",
    };

    private static string Name(TopRow row, bool withHost)
    {
        var name = EscapedText.Of(withHost ? $"{row.Host}/{row.Role}" : row.Role);
        return name.Length <= LongestName ? name : string.Concat(name.AsSpan(0, LongestName - 1), "…");
    }

    private static string State(RoleState state) => state switch
    {
        RoleState.Ready => "[green]ready[/]",
        RoleState.Failed => "[red]failed[/]",
        RoleState.Stopped => "[red]stopped[/]",
        RoleState.Draining => "[yellow]draining[/]",
        _ => StatusText.Of(state),
    };

    private static string Coloured(TopRow row) => row.DroppedInAll == 0 ? "0" : row.DroppedPerSecond > 0 ? $"[red]{Drops(row)}[/]" : Drops(row);

    private static string Drops(TopRow row) =>
        row.DroppedInAll == 0 ? "0" : string.Join(", ", row.Dropped.Where(reason => reason.Value > 0).OrderByDescending(reason => reason.Value).Select(reason => $"{Short(reason.Value)} {reason.Key}"));

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Rate(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
