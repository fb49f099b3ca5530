using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GraphRisk.Graph.Entitlements;
using GraphRisk.Graph.Facts;

namespace GraphRisk.Workflow.Authorisations;

/// <summary>What an authorisation says.</summary>
/// <param name="Scope">What may be learnt.</param>
/// <param name="Purposes">Ids of purposes.</param>
/// <param name="GivenOn">First day in force.</param>
/// <param name="ExpiresOn">Last day in force; null where no end is agreed.</param>
/// <param name="Document">Number or title of the document; null where there is none.</param>
public sealed record AuthorisationTerms(
    AuthorisationScope Scope, ImmutableArray<string> Purposes, DateOnly GivenOn, DateOnly? ExpiresOn, string? Document)
{
    /// <summary>Whether a known authorisation says the same, whatever day it was given on.</summary>
    public bool AreThoseOf(Authorisation one) =>
        (one.Scope, one.ExpiresOn, one.Document) == (Scope, ExpiresOn, Document)
        && one.Purposes.Order(StringComparer.Ordinal).SequenceEqual(Purposes.Order(StringComparer.Ordinal));
}

/// <summary>
/// Authorisations given and withdrawn on the platform, as facts. They stand in a part of the broker's data set, so that the broker
/// knows of them, and are believed before what its files say: a delivery after a withdrawal does not revive anything.
/// </summary>
public static class AuthorisationFacts
{
    private const string Part = "/platform";
    private const decimal Reliability = 1m;

    /// <summary>The data set of what is recorded on the platform for a broker.</summary>
    public static string SourceOf(string brokerCode) => SourceOwner.SourceOf(brokerCode) + Part;

    /// <summary>An authorisation that is new.</summary>
    /// <param name="client">The record by which the broker knows the client.</param>
    /// <param name="brokerCode">The broker it is given to.</param>
    /// <param name="terms">What it says.</param>
    /// <param name="recordedAt">When it is recorded; equal terms recorded at another instant are another authorisation.</param>
    /// <param name="today">The server's day; the authorisation is there from this day on, or from its first one where that was before.</param>
    public static (NodeId Id, ImmutableArray<Change> Changes) Given(
        NodeId client, string brokerCode, AuthorisationTerms terms, DateTimeOffset recordedAt, DateOnly today)
    {
        var source = SourceOf(brokerCode);
        var reference = ReferenceOf(client, brokerCode, terms, recordedAt);
        var id = new NodeId("Authorisation", $"{source}:{reference}");
        var validity = Validity.Since(terms.GivenOn < today ? terms.GivenOn : today);
        var provenance = new Provenance(source, reference, Reliability);
        return (id,
        [
            Change.Assert(new NodeFact(id, PropertiesOf(reference, terms, null), validity, provenance)),
            Change.Assert(new RelationshipFact("AUTHORISED_BY", id, client, "", Properties.None, validity, provenance)),
            Change.Assert(new RelationshipFact("AUTHORISES", id, new NodeId("Broker", brokerCode), "", Properties.None, validity, provenance)),
        ]);
    }

    /// <summary>
    /// The withdrawal of an authorisation, from a day on. It states the whole authorisation again: one given on the platform on the
    /// same day is one and the same fact.
    /// </summary>
    /// <param name="one">The authorisation.</param>
    /// <param name="brokerCode">The broker it was given to.</param>
    /// <param name="today">The server's day, from which on it is said.</param>
    /// <param name="withdrawnOn">The real day, from which on it is in force no more.</param>
    public static Change Withdrawn(Authorisation one, string brokerCode, DateOnly today, DateOnly withdrawnOn)
    {
        var terms = new AuthorisationTerms(one.Scope, one.Purposes, one.GivenOn, one.ExpiresOn, one.Document);
        return Change.Assert(new NodeFact(
            one.Id, PropertiesOf(one.Reference, terms, withdrawnOn), Validity.Since(today),
            new Provenance(SourceOf(brokerCode), one.Reference ?? one.Id.Key, Reliability)));
    }

    private static Properties PropertiesOf(string? reference, AuthorisationTerms terms, DateOnly? withdrawnOn)
    {
        List<Property> properties =
        [
            new("scope", PropertyValue.OfEnum(AuthorisationScopes.NameOf(terms.Scope))),
            new("givenOn", PropertyValue.Of(terms.GivenOn)),
        ];
        if (!terms.Purposes.IsEmpty) properties.Add(new("purposes", PropertyValue.Of(terms.Purposes)));
        if (reference is not null) properties.Add(new("reference", PropertyValue.Of(reference)));
        if (terms.ExpiresOn is { } last) properties.Add(new("expiresOn", PropertyValue.Of(last)));
        if (withdrawnOn is { } day) properties.Add(new("withdrawnOn", PropertyValue.Of(day)));
        if (terms.Document is { } document) properties.Add(new("document", PropertyValue.Of(document)));
        return Properties.Of(properties);
    }

    /// <summary>A number no other authorisation has: the day and 48 bits of a hash of all it says and when it was recorded.</summary>
    private static string ReferenceOf(NodeId client, string brokerCode, AuthorisationTerms terms, DateTimeOffset recordedAt)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{client}\n{brokerCode}\n{PropertiesOf(null, terms, null)}\n{recordedAt.UtcTicks}");
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..12];
        return string.Create(CultureInfo.InvariantCulture, $"P{recordedAt:yyyyMMdd}-{hash}");
    }
}
