using GraphRisk.Scoring.Features;

namespace GraphRisk.Scoring.Models.Network;

/// <summary>
/// A network that propagates over the links: what can be seen of every party is summed over one step of each kind of tie and
/// over two steps of the exposures (<see cref="Features.Families.PropagatedFeatures"/>), and a <see cref="MonotoneNetwork"/> learns from the
/// sums beside the client's own features.
/// <para>
/// That is a graph convolution whose propagation has no weights of its own (simplified convolution: Wu, Souza, Zhang, Fifty, Yu
/// and Weinberger 2019), one operator a kind of tie, side by side (SIGN: Frasca, Rossi, Eynard, Chamberlain, Bronstein and Monti
/// 2020), with sums for means (Xu et al. 2019). The operators are the exposures of the one reading with their impacts, and links by
/// number; a hub carries nothing, and nothing leads back to the client. Propagation before learning fits tens of
/// thousands of rows and a few thousand defaults, needs no sampling of neighbours, and leaves rows that folds and later windows
/// split as they split everybody's: a row's sums are of its own as-of day.
/// </para>
/// <para>
/// All sums are of trouble, so more can only be riskier and the network keeps that. It reads none of the measures made by hand
/// over the same ties (failures, distress, losses): what it knows of neighbours it has from propagation. Who holds the same
/// securities is no tie; those measures it reads as everybody does.
/// </para>
/// </summary>
public sealed class GraphNetworkFamily : NetworkFamily
{
    public override string Name => "graph-network";

    public override bool NeedsLinks => true;

    public override bool Reads(Feature feature) =>
        feature.Group.Scope == FeatureScope.Own || feature.Group == FeatureGroup.Propagated || feature.Group == FeatureGroup.CommonHoldings;
}
