namespace GraphRisk.Graph.Schema;

/// <summary>
/// How sensitive a piece of data is, in four levels after JR/T 0158-2018. The mapping is the product's own and claims
/// no conformance. Data derived from several inputs takes the highest level among them.
/// </summary>
public enum Sensitivity
{
    /// <summary>Published: penalties, court notices on companies, announcements of listed companies.</summary>
    Public = 1,

    /// <summary>Internal: risk tags, aggregated exposures, public judicial records of persons.</summary>
    Internal = 2,

    /// <summary>Confidential: identity, contact, holdings, debt, scores. Every read declares a purpose.</summary>
    Confidential = 3,

    /// <summary>Restricted: credentials, market-wide or cross-broker positions. Never exported.</summary>
    Restricted = 4,
}
