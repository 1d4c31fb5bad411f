using Actors.Hosting.Handlers;
using Actors.Transport;
using Akka.Actor;

namespace Actors.Hosting.Configuration;

/// <summary>The section of a role, and how the keys are read that several patterns have.</summary>
/// <param name="name">The role's name.</param>
/// <param name="entries">Its keys.</param>
/// <param name="output">Where its handler prints.</param>
/// <param name="journals">The journal files of the roles before it, with the name of the role; this one's is added.</param>
/// <param name="inject">Makes a handler from the role's name and the handler's class; null makes it by its constructor without parameters.</param>
internal sealed class RoleSection(string name, Section entries, TextWriter output, Dictionary<string, string> journals, Func<string, Type, Props>? inject = null)
{
    public string Name => name;

    public Section Entries => entries;

    /// <summary>The role's own socket.</summary>
    public SocketSettings Socket() => SocketReader.Read(entries);

    /// <summary>One of its sockets, in a section of its own, which may have further keys.</summary>
    public SocketSettings SocketBelow(Key section, params Key[] more)
    {
        var below = entries.Below(section.Name);
        below.Allow([.. Keys.Socket, .. more], $"the {section.Name} socket");
        return SocketReader.Read(below);
    }

    /// <summary>The handler; null when it is missing or has mistakes, which are noted.</summary>
    /// <param name="handlerTimeout">The time in which a reply role expects an answer; null in other roles.</param>
    public Props? Handler(TimeSpan? handlerTimeout = null)
    {
        if (entries.Has(Keys.Handler)) return HandlerReader.Read(entries.Below(Keys.Handler.Name), output, handlerTimeout, inject is null ? null : type => inject(name, type));
        entries.Fault(Keys.Handler.Name, "is missing: expected a section with the handler's type");
        return null;
    }

    /// <param name="overflow">The key, with the pattern's default.</param>
    /// <param name="capacity">The key, where it is not the usual one.</param>
    public OutboundSettings Outbound(Key overflow, Key? capacity = null)
    {
        capacity ??= Keys.Capacity;
        var below = entries.Below(Keys.Outbound.Name);
        below.Allow([capacity, overflow], "outbound");
        return new OutboundSettings(below.Get<int>(capacity), below.Get<OverflowRule>(overflow));
    }

    /// <summary>The journal, where the role keeps one.</summary>
    public JournalSettings? Journal()
    {
        if (!entries.Get<bool>(Keys.Journal)) return null;
        var key = Keys.JournalFile;
        if (!entries.Has(key))
        {
            entries.Fault(key.Name, $"is missing: expected {key.Type.Expected}, the path of the database");
            return null;
        }
        var file = entries.Get<string>(key);
        if (file.Length > 0 && !journals.TryAdd(Path.GetFullPath(file), name))
            entries.Fault(key.Name, $"is the journal of {journals[Path.GetFullPath(file)]} already: expected a file for each role");
        else if (file.Length > 0 && DatabaseFile.Fault(file) is { } fault)
            entries.Fault(key.Name, fault);
        return new JournalSettings(file) { Sync = entries.Get<JournalSync>(Keys.JournalSync), MaxSize = entries.Optional<long>(Keys.JournalMaxSize) };
    }
}
