using System.CommandLine;
using Actors.Host.Running;
using Actors.Transport;
using Actors.Zmtp;

namespace Actors.Host.Commands;

/// <summary><c>keygen FILE</c>: makes a key pair of CURVE, and prints its public key for the peers.</summary>
internal static class KeygenCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "Where to write the pair; only its owner may read it (mode 0600)." };
        var force = new Option<bool>("--force") { Description = "Write over a file that is there. Its pair is lost." };
        var keygen = new Command("keygen", "Makes a CURVE key pair for key-file, and prints the public key, which peers need as server-key or in their list of clients.") { file, force };
        keygen.SetAction(line => Run(line.GetRequiredValue(file), line.GetValue(force), line.InvocationConfiguration.Output, line.InvocationConfiguration.Error));
        return keygen;
    }

    private static int Run(string file, bool force, TextWriter output, TextWriter errors)
    {
        if (!force && Path.Exists(file))
        {
            errors.WriteLine($"{file} is there already: expected a new file, or --force to lose the pair in it");
            return HostRun.Failed;
        }
        try
        {
            var pair = new CurveKeyPair();
            CurveKeyFile.Write(file, pair, force);
            output.WriteLine(pair.PublicKeyZ85);
            return HostRun.Success;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"{file} cannot be written: {fault.Message}");
            return HostRun.Failed;
        }
    }
}
