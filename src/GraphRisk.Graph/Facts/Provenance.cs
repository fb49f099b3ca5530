namespace GraphRisk.Graph.Facts;

/// <summary>Where a fact comes from.</summary>
/// <param name="Source">Data set, such as <c>registry</c>, <c>broker-B001</c>, <c>resolution</c>.</param>
/// <param name="RecordKey">Key of the record within the data set.</param>
/// <param name="Reliability">
/// How far the source is trusted, 0 to 1; where sources differ the more reliable one is believed, and facts below the
/// scoring threshold go to review.
/// </param>
/// <param name="Span">The text the fact was read from, where there is one.</param>
public sealed record Provenance(string Source, string RecordKey, decimal Reliability, TextSpan? Span = null);

/// <summary>A part of a document's text.</summary>
/// <param name="Start">First character, from 0.</param>
/// <param name="End">Character after the last.</param>
public readonly record struct TextSpan(int Start, int End);
