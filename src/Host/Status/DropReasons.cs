using System.Text.Json;
using Actors.Transport;

namespace Actors.Host.Status;

/// <summary>The words of <see cref="DropReason"/> in a status: camel case.</summary>
internal static class DropReasons
{
    private static readonly Dictionary<DropReason, string> s_words = Enum.GetValues<DropReason>().ToDictionary(reason => reason, reason => JsonNamingPolicy.CamelCase.ConvertName(reason.ToString()));

    public static string WordOf(DropReason reason) => s_words[reason];
}
