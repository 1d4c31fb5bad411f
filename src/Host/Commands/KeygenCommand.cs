using System.CommandLine;
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
        var keygen = new ToolCommand(
            "keygen",
            "Makes a CURVE key pair for key-file, and prints the public key, which peers need as server-key or in their list of clients.",
            ["actors keygen server.key > server.pub    # the pair stays in server.key; server.pub is for the peers"])
        {
            file,
            force,
        };
        keygen.Does(context => Run(context.Line.GetRequiredValue(file), context.Get(force), context.Output));
        return keygen;
    }

    private static int Run(string file, bool force, ToolOutput output)
    {
        if (!force && Path.Exists(file))
        {
            output.Errors.WriteLine($"{file} is there already: expected a new file, or --force to lose the pair in it");
            return ExitCode.Failed;
        }
        try
        {
            var pair = new CurveKeyPair();
            CurveKeyFile.Write(file, pair, force);
            if (output.IsJson) output.WriteJson(new NewKeyPair(file, pair.PublicKeyZ85), ToolJson.Default.NewKeyPair);
            else output.Writer.WriteLine(pair.PublicKeyZ85);
            return ExitCode.Success;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            output.Errors.WriteLine($"{file} cannot be written: {fault.Message}");
            return ExitCode.Failed;
        }
    }
}

/// <summary>What <c>keygen --output json</c> prints.</summary>
internal sealed record NewKeyPair(string File, string PublicKey);
