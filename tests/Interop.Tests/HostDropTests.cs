using System.Globalization;
using System.Text.RegularExpressions;
using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Interop.Tests;

/// <summary>What the host says about messages that it could not deliver.</summary>
public sealed partial class HostDropTests(ITestOutputHelper log)
{
    [Fact]
    public async Task A_host_that_stops_says_how_many_messages_nobody_took()
    {
        var (push, _) = await HostProcess.StartRole(
            log, "pipeline.conf", "push", "host.stop-timeout=100ms", "roles.push={ bind = \"tcp://127.0.0.1:0\", source = { interval = 1ms, count = 25 } }");
        await using var ourPush = push;
        // What is printed and what is logged have no order, so some may have come before the role was seen to be open.
        while (push.Seen.Count(line => line.Contains("已发送", StringComparison.Ordinal)) < 25) await push.Expect("已发送");

        push.Terminate();

        var (code, lines) = await push.End();
        Assert.Equal(25, lines.Select(line => Stopped().Match(line)).Where(match => match.Success).Sum(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)));
        Assert.Equal(1, code);
    }

    [GeneratedRegex(@"warning push: dropped (\d+) messages: Stopped$")]
    private static partial Regex Stopped();
}
