using Actors.Grains;
using Actors.Grains.Storage;
using Actors.Hosting;
using Actors.Hosting.Configuration;

namespace Actors.Host.Grains;

/// <summary>Reads <c>grains.store</c>.</summary>
internal static class StoreReader
{
    /// <summary>Gives the builder its store. Mistakes are noted.</summary>
    /// <param name="grains">The section around it.</param>
    /// <param name="journals">The databases of roles, each with its role.</param>
    /// <param name="builder">What is to have the store.</param>
    /// <returns>The store in a few words; null where there is none, or a mistake.</returns>
    public static StorePlan? Read(Section grains, IReadOnlyDictionary<string, string> journals, GrainsBuilder builder)
    {
        if (!grains.Has(GrainsKeys.Store)) return null;
        var section = grains.Below(GrainsKeys.Store.Name);
        if (section.IsOfWrongType) return null;
        if (!section.Has(StoreKeys.Type) || !section.Expect(StoreKeys.Type.Name, StoreKeys.Type.Type))
        {
            if (!section.Has(StoreKeys.Type)) section.Fault(StoreKeys.Type.Name, $"is missing: expected {StoreKeys.Type.Type.Expected}");
            return null;
        }
        var type = section.Get<StoreType>(StoreKeys.Type);
        var word = section.Get<string>(StoreKeys.Type with { Type = KeyType.Text });
        section.Allow(StoreKeys.Of(type), $"a {word} store");
        switch (type)
        {
            case StoreType.Sqlite:
                return Sqlite(section, journals, builder);
            case StoreType.Postgres:
                return Postgres(section, builder);
            default:
                builder.StoreIn.Memory();
                return new StorePlan(type, "memory, until the host stops", null);
        }
    }

    private static StorePlan? Sqlite(Section section, IReadOnlyDictionary<string, string> journals, GrainsBuilder builder)
    {
        var settings = new SqliteGrainStoreSettings(section.Get<string>(StoreKeys.File))
        {
            Sync = section.Get<StoreSync>(StoreKeys.Sync),
            BusyTimeout = section.Get<TimeSpan>(StoreKeys.BusyTimeout),
            Readers = section.Get<int>(StoreKeys.SqliteReaders),
            MaxSize = section.Optional<long>(StoreKeys.MaxSize),
        };
        if (section.HasFaults) return null;
        foreach (var (setting, found, expected) in settings.Faults()) section.Fault(KeyOf(setting), $"is {found}: expected {expected}");
        if (DatabaseFile.Fault(settings.File) is { } fault) section.Fault(StoreKeys.File.Name, fault);
        else if (journals.TryGetValue(Path.GetFullPath(settings.File), out var role)) section.Fault(StoreKeys.File.Name, $"is the journal of {role} already: expected a file of its own");
        if (section.HasFaults) return null;
        builder.StoreIn.Sqlite(settings);
        return new StorePlan(StoreType.Sqlite, $"sqlite {settings.File}", StoreKeys.File);
    }

    private static StorePlan? Postgres(Section section, GrainsBuilder builder)
    {
        var settings = new PostgresGrainStoreSettings(section.Get<string>(StoreKeys.ConnectionString))
        {
            Schema = section.Has(StoreKeys.Schema) ? section.Get<string>(StoreKeys.Schema) : null,
            Sync = section.Get<StoreSync>(StoreKeys.PostgresSync),
            Writers = section.Get<int>(StoreKeys.Writers),
            Readers = section.Get<int>(StoreKeys.PostgresReaders),
            RetryFor = section.Get<TimeSpan>(StoreKeys.RetryFor),
        };
        if (section.HasFaults) return null;
        try
        {
            foreach (var (setting, found, expected) in settings.Faults(settings.Parse())) section.Fault(KeyOf(setting), $"is {found}: expected {expected}");
        }
        catch (GrainStoreException mistake)
        {
            section.Fault(StoreKeys.ConnectionString.Name, $"cannot be used: {mistake.Message}");
        }
        if (section.HasFaults) return null;
        builder.StoreIn.In(_ => new PostgresGrainStore(settings));
        return new StorePlan(StoreType.Postgres, settings.Validated().Where, StoreKeys.ConnectionString);
    }

    private static string KeyOf(string setting) => ConfigurationText.KeyOf(setting);
}

/// <summary>The store of a plan.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Where">In a few words.</param>
/// <param name="Place">The key that says where it is; null for one in memory.</param>
internal sealed record StorePlan(StoreType Type, string Where, Key? Place);
