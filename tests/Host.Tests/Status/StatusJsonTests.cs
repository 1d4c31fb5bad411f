using System.Text.Json;
using Actors.Host.Status;

namespace Actors.Host.Tests.Status;

public sealed class StatusJsonTests
{
    [Fact]
    public void A_status_is_written_in_camel_case_without_what_is_null()
    {
        var at = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var status = new HostStatus(
            HostStatus.CurrentVersion,
            at,
            new HostReport("push", 7, "/etc/push.conf", "0.1.0", "zmtp", at, HostState.Running),
            [
                new RoleReport(
                    "tasks",
                    "push",
                    RoleState.Failed,
                    [new EndpointReport("tcp://127.0.0.1:5557", Bound: true, "tasks")],
                    [new PeerReport("tcp://127.0.0.1:40312", "tcp://127.0.0.1:5557", at) { SocketType = "PULL" }],
                    Received: 0,
                    Sent: 12,
                    Waiting: 3,
                    new Dictionary<string, long> { ["queueFullNewest"] = 2 },
                    Reconnects: 1) { Failure = "address in use" },
            ]);

        Assert.Equal(
            """
            {"version":1,"at":"2026-01-02T03:04:05+00:00","host":{"name":"push","processId":7,"file":"/etc/push.conf","version":"0.1.0","engine":"zmtp","started":"2026-01-02T03:04:05+00:00","state":"running"},"roles":[{"name":"tasks","pattern":"push","state":"failed","endpoints":[{"address":"tcp://127.0.0.1:5557","bound":true,"socket":"tasks"}],"peers":[{"address":"tcp://127.0.0.1:40312","endpoint":"tcp://127.0.0.1:5557","connectedAt":"2026-01-02T03:04:05+00:00","socketType":"PULL"}],"received":0,"sent":12,"waiting":3,"dropped":{"queueFullNewest":2},"reconnects":1,"failure":"address in use"}]}
            """,
            JsonSerializer.Serialize(status, StatusJson.Default.HostStatus));
    }
}
