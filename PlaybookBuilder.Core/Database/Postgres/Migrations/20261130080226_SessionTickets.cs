using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace PlaybookBuilder.Core.Database.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class SessionTickets : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "session_ticket",
                columns: table => new
                {
                    key_hash = table.Column<string>(type: "text", nullable: false),
                    browser_hash = table.Column<string>(type: "text", nullable: false),
                    session_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sign_in_id = table.Column<Guid>(type: "uuid", nullable: false),
                    expires = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_session_ticket", x => x.key_hash);
                    table.ForeignKey(
                        name: "fk_session_ticket_session_id",
                        column: x => x.session_id,
                        principalTable: "proxy_session",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_session_ticket_sign_in_id",
                        column: x => x.sign_in_id,
                        principalTable: "user_session",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_session_ticket_expires",
                table: "session_ticket",
                column: "expires");

            migrationBuilder.CreateIndex(
                name: "ix_session_ticket_session_id",
                table: "session_ticket",
                column: "session_id");

            migrationBuilder.CreateIndex(
                name: "ix_session_ticket_sign_in_id",
                table: "session_ticket",
                column: "sign_in_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "session_ticket");
        }
    }
}
