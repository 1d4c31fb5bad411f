using ActorsApp._1;
using Microsoft.Extensions.Hosting;

var builder = Host.CreateApplicationBuilder(args);
builder.AddRoles();
await builder.Build().RunAsync();
