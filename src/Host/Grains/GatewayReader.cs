using Actors.Grains;
using Actors.Hosting.Configuration;

namespace Actors.Host.Grains;

/// <summary>Reads gateway roles.</summary>
internal static class GatewayReader
{
    public static RoleDraft Read(RoleSection section)
    {
        var keys = section.Entries;
        var settings = new GatewaySettings
        {
            Name = section.Name,
            Socket = section.Socket(),
            CallTimeout = keys.Get<TimeSpan>(GatewayKeys.CallTimeout),
            MaxInFlight = keys.Get<int>(GatewayKeys.InFlight),
            MaxInFlightPerClient = keys.Get<int>(GatewayKeys.InFlightPerClient),
            MaxCallSize = CallSize(keys),
            MaxOctetsInFlight = keys.Get<long>(GatewayKeys.OctetsInFlight),
        };
        return new RoleDraft(settings, () => GatewayRole.Props(settings), settings.Socket);
    }

    private static int CallSize(Section keys)
    {
        var size = keys.Get<long>(GatewayKeys.CallSize);
        if (size <= int.MaxValue) return (int)size;
        keys.Fault(GatewayKeys.CallSize.Name, $"is {size}: expected {int.MaxValue} or less");
        return int.MaxValue;
    }
}
