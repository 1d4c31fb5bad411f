using System.Runtime.Serialization;

namespace Actors.Grains.Serialization;

/// <summary>A message is of a type that may not cross between nodes.</summary>
/// <param name="type">The name of the type; what a peer sent is cut to 200 characters.</param>
/// <param name="message">Names the type, and how to allow it.</param>
internal sealed class SerializationRefusedException(string type, string message) : SerializationException(message)
{
    public string Type => type;
}
