using Actors.Host.Grains;
using Actors.Hosting.Configuration;
using Host.Tests.Configuration;

namespace Host.Tests.Grains;

/// <summary>A configuration file with grains, read as the host reads it.</summary>
internal sealed class GrainsFile : IDisposable
{
    public const string Counter = "assemblies = [\"Counter.dll\"]";
    public const string Memory = "store.type = memory";
    public const string Gateway = "roles.gateway { pattern = gateway, bind = \"tcp://127.0.0.1:0\" }";

    private readonly TemporaryFiles _files = new();

    public void Dispose() => _files.Dispose();

    public string Write(string text, string name = "grains.conf") => _files.Write(name, text);

    public HostPlan Read(string text, params string[] overrides) => HostConfiguration.Read(Write(text), overrides, [], TextWriter.Null, new GrainsPart());

    public IReadOnlyList<ConfigError> Errors(string text, params string[] overrides) => Assert.Throws<ConfigException>(() => Read(text, overrides)).Errors;

    public ConfigError Error(string text, params string[] overrides) => Assert.Single(Errors(text, overrides));
}
