namespace GraphRisk.Matching.Blocking;

/// <summary>Is shown pairs of records by one thread.</summary>
internal interface IPairVisitor
{
    /// <summary>Two records to be compared.</summary>
    void Visit(int left, int right);
}
