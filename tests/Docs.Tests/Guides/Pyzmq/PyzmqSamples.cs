using Docs.Tests.Pages;
using Interop.Tests.Peers;
using Xunit.Abstractions;

namespace Docs.Tests.Guides.Pyzmq;

/// <summary>The Python of docs/migration/pyzmq.md: its client is served by its server, and then by a role.</summary>
public sealed class PyzmqSamples(ITestOutputHelper log) : IDisposable
{
    private const string Sources = "tests/Docs.Tests/Guides/Pyzmq";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("actors-docs-tests-");
    private readonly string _endpoint = HostProcess.FreeEndpoint();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Its_programs_are_those_of_this_folder() => DocumentedCode.Check("docs/migration/pyzmq.md", "python", $"{Sources}/server.py", $"{Sources}/client.py");

    [SkippableFact]
    public async Task The_client_gets_its_answer_from_the_loop_in_Python()
    {
        await using var server = PythonPeer.StartFile(log, Write("server.py"));
        await using var client = PythonPeer.StartFile(log, Write("client.py"));

        await client.Expect("I am OK!");
        await server.Expect("Received: Are you OK?");
    }

    [SkippableFact]
    public async Task The_client_gets_its_answer_from_the_role()
    {
        // The role as the page has it; the page's whole file is run by another test.
        var file = Path.Combine(_folder.FullName, "server.conf");
        await File.WriteAllTextAsync(file, $$"""roles.server { pattern = reply, bind = "{{_endpoint}}", handler { type = constant, text = "I am OK!", print = "Received: {text}" } }""");
        await using var server = HostProcess.Start(log, file);
        await using var client = PythonPeer.StartFile(log, Write("client.py"));

        await client.Expect("I am OK!");
        await server.Expect("Received: Are you OK?");
    }

    private string Write(string name)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, Repository.Read($"{Sources}/{name}")
            .Replace("tcp://*:5555", _endpoint, StringComparison.Ordinal)
            .Replace("tcp://localhost:5555", _endpoint, StringComparison.Ordinal));
        return path;
    }
}
