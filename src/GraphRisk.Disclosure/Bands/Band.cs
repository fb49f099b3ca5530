namespace GraphRisk.Disclosure.Bands;

/// <summary>How much of something there is, as coarsely as others may know it.</summary>
public enum Band
{
    None,
    Low,
    Medium,
    High,
}
