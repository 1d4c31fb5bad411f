using System.CommandLine;
using Actors.Host.Commands.Sockets;
using Actors.Host.Contexts;
using Actors.Transport;

namespace Actors.Host.Commands.Options;

/// <summary>
/// The options of a verb that opens a socket: <c>--bind</c>, <c>--connect</c>, <c>--context</c>, <c>--type</c>, <c>--identity</c> and
/// those of <see cref="SecurityOptions"/>. A verb makes one for its command, and reads it when it runs.
/// </summary>
internal sealed class EndpointOptions
{
    private readonly Option<string[]> _bind = new("--bind", "-b") { Description = "Listen at this endpoint; may be given several times.", HelpName = "ENDPOINT", DefaultValueFactory = _ => [] };
    private readonly Option<string[]> _connect = new("--connect", "-c") { Description = "Connect to this endpoint; may be given several times.", HelpName = "ENDPOINT", DefaultValueFactory = _ => [] };
    private readonly Option<string?> _context = new("--context") { Description = "The endpoints and keys of this name; see actors context.", HelpName = "NAME" };
    private readonly Option<string?>? _type;
    private readonly Option<string?>? _identity;
    private readonly SecurityOptions _security;
    private readonly SocketKindName[] _types;

    /// <param name="command">The verb.</param>
    /// <param name="types">The socket types that the verb can be, the default first; none where it opens no socket of a type.</param>
    public EndpointOptions(Command command, params SocketKindName[] types)
    {
        _types = types;
        _context.CompletionSources.Add(_ => ContextStore.Of(Environment.GetEnvironmentVariable).Names().Select(name => new System.CommandLine.Completions.CompletionItem(name)));
        command.Add(_bind);
        command.Add(_connect);
        command.Add(_context);
        if (types.Length > 0)
        {
            if (types.Length > 1)
            {
                _type = new Option<string?>("--type") { Description = $"The type of the socket. Default {types[0].Text}.", HelpName = string.Join('|', types.Select(type => type.Text)) };
                _type.AcceptOnlyFromAmong([.. types.Select(type => type.Text)]);
                command.Add(_type);
            }
            _identity = new Option<string?>("--identity") { Description = "The routing id of the socket, by which a ROUTER knows it.", HelpName = "TEXT" };
            command.Add(_identity);
        }
        _security = new SecurityOptions(command);
    }

    /// <summary>Reads and checks them, before anything is opened.</summary>
    /// <exception cref="ToolException">An endpoint is malformed or there is none, the context does not exist, or keys cannot be used.</exception>
    public SocketPlan Read(ToolContext context)
    {
        var saved = context.Get(_context) is { } name ? ContextStore.Of(context.Invocation.Environment).Read(name) : SavedContext.Empty;
        var (bind, connect) = (context.Get(_bind)!, context.Get(_connect)!);
        if (bind.Length + connect.Length == 0) (bind, connect) = ([.. saved.Bind], [.. saved.Connect]);
        if (bind.Length + connect.Length == 0) throw ToolException.Usage("there is no endpoint: expected --connect ENDPOINT, --bind ENDPOINT or --context NAME");
        CheckEndpoints(bind, connect);
        var type = (_type is null ? null : context.Get(_type)) ?? (_types.Any(one => one.Text == saved.Type) ? saved.Type : null);
        return new SocketPlan
        {
            Bind = bind,
            Connect = connect,
            Type = _types.FirstOrDefault(one => one.Text == type) ?? _types.FirstOrDefault(),
            Identity = _identity is not null && context.Get(_identity) is { } identity ? System.Text.Encoding.UTF8.GetBytes(identity) : null,
            Security = _security.Read(context, saved.Security),
        }.Checked();
    }

    /// <summary>What the command line says, to be saved as a context; keys are not read yet.</summary>
    public SavedContext Save(ToolContext context)
    {
        var (bind, connect) = (context.Get(_bind)!, context.Get(_connect)!);
        if (bind.Length + connect.Length == 0) throw ToolException.Usage("there is no endpoint: expected --connect ENDPOINT or --bind ENDPOINT");
        CheckEndpoints(bind, connect);
        return new SavedContext { Bind = bind, Connect = connect, Type = _type is null ? null : context.Get(_type), Security = _security.Read(context, SecurityChoice.None) };
    }

    private static void CheckEndpoints(IEnumerable<string> bind, IEnumerable<string> connect)
    {
        foreach (var (endpoint, binds) in bind.Select(one => (one, true)).Concat(connect.Select(one => (one, false))))
        {
            if (EndpointSyntax.Fault(endpoint, binds) is { } fault) throw ToolException.Usage(fault);
            if (endpoint.StartsWith("inproc:", StringComparison.Ordinal)) throw ToolException.Usage($"\"{endpoint}\" stays within one process: expected tcp://, ipc:// or ws://");
        }
    }
}
