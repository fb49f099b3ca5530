using GraphQL.Types;

namespace GraphRisk.Server.Scalars;

/// <summary>64-bit integer.</summary>
public sealed class LongType : LongGraphType
{
    public LongType()
    {
        Name = "Long";
        Description = "64-bit integer, written as a JSON number.";
    }
}
