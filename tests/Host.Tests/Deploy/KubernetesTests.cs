using Actors.Host.Grains;
using Actors.Hosting.Configuration;
using Host.Tests.Grains;
using k8s;
using k8s.Models;

namespace Host.Tests.Deploy;

/// <summary>The cluster of <c>deploy/kubernetes</c>: each field is one that Kubernetes knows, and the parts fit together.</summary>
public sealed class KubernetesTests : IDisposable
{
    private readonly GrainsFile _file = new();
    private readonly IReadOnlyList<object> _objects = KubernetesYaml.LoadAllFromString(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "deploy", "kubernetes", "grains.yaml")), strict: true);

    public void Dispose()
    {
        foreach (var variable in Container.Env) Environment.SetEnvironmentVariable(variable.Name, null);
        _file.Dispose();
    }

    private V1StatefulSet Nodes => _objects.OfType<V1StatefulSet>().Single();

    private V1Container Container => Nodes.Spec.Template.Spec.Containers.Single();

    private HostPlan Plan()
    {
        foreach (var variable in Container.Env) Environment.SetEnvironmentVariable(variable.Name, variable.Name == "POD_NAME" ? "grains-0" : $"Host={new string('x', 32)}");
        return _file.Read(_objects.OfType<V1ConfigMap>().Single().Data["host.conf"]);
    }

    [Fact]
    public void The_host_takes_its_file_with_the_variables_of_the_container() =>
        Assert.Equal("grains-0.grains", ((GrainsPlan)Plan().Part!).Settings.Cluster.PublicHostname);

    [Fact]
    public void The_seed_nodes_are_the_pods_of_the_set_by_the_names_of_its_service()
    {
        var cluster = ((GrainsPlan)Plan().Part!).Settings.Cluster;

        Assert.Equal(Enumerable.Range(0, Nodes.Spec.Replicas!.Value).Select(pod => $"{Nodes.Metadata.Name}-{pod}.{Nodes.Spec.ServiceName}:{cluster.Port}"), cluster.SeedNodes);
        Assert.Equal(Nodes.Spec.Replicas, cluster.Nodes);
        Assert.True(_objects.OfType<V1Service>().Single(service => service.Metadata.Name == Nodes.Spec.ServiceName).Spec.PublishNotReadyAddresses);
    }

    [Fact]
    public void A_pod_has_longer_to_stop_than_the_host_takes() =>
        Assert.True(TimeSpan.FromSeconds(Nodes.Spec.Template.Spec.TerminationGracePeriodSeconds!.Value) > Plan().StopTimeout);

    [Fact]
    public void Services_and_probes_lead_to_ports_of_the_container()
    {
        var ports = Container.Ports.ToDictionary(port => port.Name, port => port.ContainerPort);

        foreach (var port in _objects.OfType<V1Service>().SelectMany(service => service.Spec.Ports)) Assert.Equal(ports[port.Name], port.Port);
        foreach (var probe in new[] { Container.StartupProbe, Container.ReadinessProbe, Container.LivenessProbe }) Assert.Contains(probe.HttpGet.Port.Value, ports.Keys);
        foreach (var service in _objects.OfType<V1Service>()) Assert.Equal(Nodes.Spec.Selector.MatchLabels, service.Spec.Selector);
    }
}
