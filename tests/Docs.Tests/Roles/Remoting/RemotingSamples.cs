using Actors.Remoting;
using Actors.Transport;
using Actors.Zmtp;
using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using Docs.Tests.Pages;
using Interop.Tests.Peers;

namespace Docs.Tests.Roles.Remoting;

/// <summary>The samples of docs/remoting.md: each starts a node that knows itself by an address of the transport.</summary>
public sealed class RemotingSamples : IAsyncLifetime
{
    private ActorSystem? _system;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_system is not null) await _system.Terminate();
    }

    [Fact]
    public async Task A_node_becomes_a_cluster_by_its_configuration()
    {
        var port = HostProcess.FreeEndpoint().Split(':')[2];
        _system = ActorSystem.Create("app", Configuration("cluster.conf").Replace("10.0.0.7", "127.0.0.1", StringComparison.Ordinal).Replace("2552", port, StringComparison.Ordinal));

        var up = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Cluster.Get(_system).RegisterOnMemberUp(up.SetResult);
        await up.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal($"akka.zmq://app@127.0.0.1:{port}", Cluster.Get(_system).SelfAddress.ToString());
    }

    [Fact]
    public void A_node_is_configured_by_code()
    {
        #region code
        var settings = new ZmqRemoteSettings { Hostname = "127.0.0.1", Port = 0 };
        var system = ActorSystem.Create("app", ZmqRemoting.Config(settings).WithFallback("akka.actor.provider = cluster"));
        #endregion

        _system = system;
        Assert.Equal("akka.zmq", Cluster.Get(system).SelfAddress.Protocol);
    }

    [Fact]
    public void A_node_reads_its_key_from_the_file_and_refuses_to_start_without_it()
    {
        var folder = Directory.CreateTempSubdirectory("actors-docs-tests-");
        try
        {
            var file = Path.Combine(folder.FullName, "node-1.key").Replace('\\', '/');
            Config WithFile() => Configuration("curve.conf").Replace("node-1.key", file, StringComparison.Ordinal);
            Assert.Contains(file, Assert.ThrowsAny<Exception>(() => ActorSystem.Create("app", WithFile())).ToString(), StringComparison.Ordinal);

            CurveKeyFile.Write(file, new CurveKeyPair());
            _system = ActorSystem.Create("app", WithFile());
            Assert.Equal("akka.zmq", ((ExtendedActorSystem)_system).Provider.DefaultAddress.Protocol);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Configuration(string file) => Repository.Read($"tests/Docs.Tests/Roles/Remoting/{file}");
}
