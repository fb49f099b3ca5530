using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Server.Security;

/// <summary>
/// What stands in the place of identity for whoever works on pseudonymised data: HMAC-SHA-256 under a key of the project, cut
/// to 80 bits. One value has one pseudonym in a project and another in every other, so two projects cannot join what they were
/// given; without the server's key none is turned back, not even by trying every telephone number. A day becomes the first of its
/// year, an address its district; prose and what else has no such form is withheld.
/// A project is an office (<see cref="Viewer.Of"/>) and a purpose. Thread-safe.
/// </summary>
public sealed class Pseudonyms
{
    private const int Bytes = 10;
    private readonly byte[] key;
    private readonly ConcurrentDictionary<string, byte[]> keys = new(StringComparer.Ordinal);

    /// <param name="key">A secret of at least 16 bytes; with another one all pseudonyms are others.</param>
    public Pseudonyms(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, 16, nameof(key));
        this.key = key.ToArray();
    }

    /// <summary>The project a viewer works for; null where its role does not read pseudonyms.</summary>
    public static string? ProjectOf(Viewer viewer) =>
        AccessPolicy.ReadsPseudonyms(viewer.Role) ? $"{viewer.Of}\n{viewer.Purpose?.Id}" : null;

    /// <summary>The pseudonym of a value: a text, a list of texts, a day, or null.</summary>
    public object? Apply(Viewer viewer, MaskKind kind, object? value) => value switch
    {
        string text => Apply(viewer, kind, text),
        IEnumerable<string?> texts => texts.Select(text => text is null ? null : Apply(viewer, kind, text)).ToArray(),
        DateOnly day => new DateOnly(day.Year, 1, 1),
        _ => null,
    };

    private string? Apply(Viewer viewer, MaskKind kind, string text) => text.Length == 0 ? text : kind switch
    {
        MaskKind.Text or MaskKind.Reasons => null,
        MaskKind.Address => Masking.District(text),
        MaskKind.Date => Masking.Apply(kind, text),
        _ => Of(viewer, kind, text),
    };

    private string Of(Viewer viewer, MaskKind kind, string text)
    {
        var project = ProjectOf(viewer) ?? throw new InvalidOperationException($"A {viewer.Role} reads no pseudonyms.");
        var word = AccessTable.Word(kind);
        var hash = HMACSHA256.HashData(KeyOf(project), Encoding.UTF8.GetBytes($"{word}\n{text}"));
        return $"{word}-{Convert.ToHexStringLower(hash.AsSpan(0, Bytes))}";
    }

    private byte[] KeyOf(string project) => keys.GetOrAdd(project, static (name, secret) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, secret, 32, info: Encoding.UTF8.GetBytes($"graphrisk pseudonyms\n{name}")), key);
}
