using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Workflow.Decisions;

/// <summary>What lay before the person who made a move.</summary>
/// <param name="Advice">What was recommended, in a word.</param>
/// <param name="ModelVersion">The model that scored; null where none did.</param>
/// <param name="RulesVersion">Hash of the rules.</param>
/// <param name="AsOf">Instant in the world it was made for.</param>
/// <param name="KnownAt">Up to when knowledge counted.</param>
/// <param name="StoreVersion">Version of the store it was read from.</param>
/// <param name="Document">The whole of it as canonical JSON.</param>
/// <param name="IsAgainst">Whether a move decides otherwise than is recommended; null for moves that decide nothing.</param>
public sealed record Briefing(
    string Advice, string? ModelVersion, string RulesVersion, DateTimeOffset AsOf, DateTimeOffset KnownAt, long StoreVersion, string Document, Func<MadeMove, bool?> IsAgainst)
{
    /// <summary>Circumstances a move made on it is in, beside those of the move itself.</summary>
    public ImmutableArray<string> Circumstances { get; init; } = [];

    /// <summary>SHA-256 of the document.</summary>
    public static string HashOf(string document) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document)));

    /// <summary>Why a move cannot be made on it: who decides otherwise than is recommended says why. Null where it can.</summary>
    public MoveRefusal? FaultOf(MadeMove move) => IsAgainst(move) == true && string.IsNullOrWhiteSpace(move.Text("reason"))
        ? new MoveRefusal(RefusalKind.Content, move.From, move.Move, $"'{move.Move}' decides otherwise than was recommended, which was {Advice}: 'reason' has to say why.", "reason") : null;

    /// <summary>The fields of its node that its reader may know.</summary>
    public Properties ToProperties()
    {
        List<Property> properties =
        [
            new("advice", PropertyValue.Of(Advice)), new("rulesVersion", PropertyValue.Of(RulesVersion)), new("asOf", PropertyValue.Of(AsOf)),
            new("knownAt", PropertyValue.Of(KnownAt)), new("hash", PropertyValue.Of(HashOf(Document))), new("document", PropertyValue.Of(Document)),
        ];
        if (ModelVersion is { } model) properties.Add(new("modelVersion", PropertyValue.Of(model)));
        return Properties.Of(properties);
    }
}
