using Actors.Shared;
using Actors.Zmtp;

namespace Packages.Tests;

/// <summary>A program on Actors.Zmtp, compiled ahead of time to one native file.</summary>
public sealed class NativeTests
{
    [SkippableFact]
    public async Task A_native_program_asks_a_server_of_libzmq_with_CURVE()
    {
        Skip.IfNot(OperatingSystem.IsLinux() && (HasProgram("clang") || HasProgram("gcc")), "needs Linux with clang or gcc, which link native programs");
        Skip.IfNot(Directory.Exists("/usr/lib/python3/dist-packages/zmq"), "needs Debian's python3-zmq");
        var folder = Directory.CreateTempSubdirectory("actors-native-");
        try
        {
            var program = Path.Combine(folder.FullName, "out", "ask");
            // With artifacts of its own, because the repository is being built and tested at the same time.
            var printed = await Shell.DotNet(Shipped.Repository, "publish", "examples/dotnet/Native", "--use-current-runtime", "--artifacts-path", Path.Combine(folder.FullName, "artifacts"), "--output", Path.GetDirectoryName(program)!);
            Assert.DoesNotContain("warning IL", printed, StringComparison.Ordinal);

            var server = new CurveKeyPair();
            var endpoint = $"tcp://127.0.0.1:{FreePort.Next()}";
            var serving = Shell.Run("/usr/bin/python3", AppContext.BaseDirectory, Path.Combine("Peers", "answer.py"), endpoint, server.SecretKeyZ85!);
            var reply = await Shell.Run(program, folder.FullName, endpoint, "are you there?", server.PublicKeyZ85);
            await serving;

            Assert.Equal("ARE YOU THERE?\n", reply);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool HasProgram(string name) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, name)));
}
