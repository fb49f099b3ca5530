using System.Collections.Immutable;

namespace GraphRisk.Server.Security;

/// <summary>A declared purpose of reading.</summary>
/// <param name="Id">The word in a token and in the audit trail, lower case with hyphens.</param>
/// <param name="Title">What is done with the data.</param>
/// <param name="Basis">The legal basis, or the authorisation by the client, that allows it.</param>
/// <param name="Roles">Who may declare it.</param>
public sealed record Purpose(string Id, string Title, string Basis, ImmutableArray<Role> Roles);
