using System.CommandLine;
using Actors.Host.Commands.Sockets;

namespace Actors.Host.Commands.Options;

/// <summary>
/// <c>--security</c> and the keys of its mechanisms. Secrets come from files and from the environment, never from the command
/// line, which every user of the machine can read.
/// </summary>
internal sealed class SecurityOptions
{
    /// <summary>The variable with this end's secret CURVE key in Z85.</summary>
    public const string SecretKeyVariable = "ACTORS_SECRET_KEY";

    /// <summary>The variable with the password of a PLAIN client.</summary>
    public const string PasswordVariable = "ACTORS_PASSWORD";

    private readonly Option<string?> _mechanism = new("--security") { Description = "The mechanism; follows from the options below where it is left out.", HelpName = "null|plain|curve" };
    private readonly Option<string?> _serverKey = new("--server-key") { Description = "curve: the server's public key in Z85, or a file that has it; makes this end the client.", HelpName = "KEY|FILE" };
    private readonly Option<string?> _keyFile = new("--key-file") { Description = $"curve: the file with this end's key pair (actors keygen), or {SecretKeyVariable} has the secret key. A client without either has a fresh pair.", HelpName = "FILE" };
    private readonly Option<string?> _clients = new("--clients") { Description = "curve server: the file with the public keys that may connect, or any.", HelpName = "FILE|any" };
    private readonly Option<string?> _username = new("--username") { Description = $"plain client: the user name; the password is in --password-file or {PasswordVariable}.", HelpName = "NAME" };
    private readonly Option<string?> _passwordFile = new("--password-file") { Description = "plain client: the file whose first line is the password.", HelpName = "FILE" };
    private readonly Option<string?> _users = new("--users") { Description = "plain server: the file with the users that may connect, NAME PASSWORD a line.", HelpName = "FILE" };

    public SecurityOptions(Command command)
    {
        _mechanism.AcceptOnlyFromAmong("null", "plain", "curve");
        foreach (var option in (Option[])[_mechanism, _serverKey, _keyFile, _clients, _username, _passwordFile, _users]) command.Add(option);
    }

    /// <summary>What the command line says, over what the context says, with the secrets of the environment.</summary>
    /// <exception cref="ToolException">A file cannot be read.</exception>
    public SecurityChoice Read(ToolContext context, SecurityChoice fallback)
    {
        var line = new SecurityChoice
        {
            Mechanism = context.Get(_mechanism),
            ServerKey = context.Get(_serverKey),
            KeyFile = context.Get(_keyFile),
            Clients = context.Get(_clients),
            Username = context.Get(_username),
            Password = context.Get(_passwordFile) is { } file ? FirstLine(file) : null,
            Users = context.Get(_users),
        };
        var chosen = line.Over(fallback);
        return chosen.Mechanism switch
        {
            SecurityChoice.Curve when chosen.KeyFile is null && chosen.SecretKey is null => chosen with { SecretKey = context.Invocation.Environment(SecretKeyVariable) },
            SecurityChoice.Plain when chosen.Username is not null && chosen.Password is null => chosen with { Password = context.Invocation.Environment(PasswordVariable) },
            _ => chosen,
        };
    }

    private static string FirstLine(string file)
    {
        try
        {
            return File.ReadLines(file).FirstOrDefault() ?? throw ToolException.Usage($"--password-file {file} is empty: expected the password in its first line");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw ToolException.Usage($"--password-file cannot be read: {fault.Message}");
        }
    }
}
